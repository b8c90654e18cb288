"""Without the condition on a key that the requests carried: any value, and none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene

_WITHOUT = "without the condition on `{key}`"


def _offers(boxes: Sequence[Box], _scene: Scene) -> Iterator[Generalisation]:
    for key in sorted({key for box in boxes for key, _values in box.conditions}):
        yield Generalisation(f"without:{key}", _WITHOUT, {"key": key}, _widening(key))


def _widening(key: str) -> Callable[[Box], Sequence[Box]]:
    return lambda box: (box._replace(conditions=tuple(each for each in box.conditions if each[0] != key)),)


KIND = Kind(order=80, says=(_WITHOUT,), offers=_offers)
