"""Every key, every alias or every secret of one account and region, in place of those that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.analysis.requirements.kinds._names import ALL, all_named, widening

_ALL = "every `{word}` of the region `{region}` and the account `{account}`"


def _offers(boxes: Sequence[Box], _scene: Scene) -> Iterator[Generalisation]:
    for wide in sorted({each.called(ALL) for each in all_named(boxes)}):
        yield Generalisation(f"all:{wide.place}", _ALL, wide.blanks, widening(wide, lambda _each: True))


KIND = Kind(order=30, says=(_ALL,), offers=_offers)
