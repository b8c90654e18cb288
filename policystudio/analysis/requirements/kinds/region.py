"""Any region in place of those asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.analysis.requirements.kinds._fields import widening, widens
from policystudio.ram.resources import Resource

_ANY = "the same names in any region"


def _offers(boxes: Sequence[Box], _scene: Scene) -> Iterator[Generalisation]:
    if widens(boxes, _anywhere):
        yield Generalisation("region:any", _ANY, {}, widening(_anywhere))


def _anywhere(fields: Resource) -> Resource:
    """A resource without a region, such as one that is the same everywhere, has none to widen."""
    return fields._replace(region="*") if fields.region else fields


KIND = Kind(order=60, says=(_ANY,), offers=_offers)
