"""The placeholders of a policy in place of the regions and accounts asked for, so that it can have several targets.

Where requests came from one region, the document of that region stays as it is; from several, each of them gets what
was asked in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.analysis.requirements.kinds._fields import widening, widens
from policystudio.ram.placeholders import ACCOUNT, REGION
from policystudio.ram.resources import Resource

_REGION = "the placeholder `{placeholder}`: the same in the region of every target"
_ACCOUNT = "the placeholder `{placeholder}`: the same in the account of every target"
_OPEN = ("", "*")
"""A field that is empty or fits everything has no blank to fill."""


def _offers(boxes: Sequence[Box], _scene: Scene) -> Iterator[Generalisation]:
    for name, says, change in ((REGION, _REGION, _in_region), (ACCOUNT, _ACCOUNT, _in_account)):
        if widens(boxes, change):
            values = {"placeholder": _written(name)}
            yield Generalisation(f"placeholder:{name}", says, values, widening(change))


def _written(name: str) -> str:
    return "${" + name + "}"


def _in_region(fields: Resource) -> Resource:
    return fields if fields.region in _OPEN else fields._replace(region=_written(REGION))


def _in_account(fields: Resource) -> Resource:
    return fields if fields.account in _OPEN else fields._replace(account=_written(ACCOUNT))


KIND = Kind(order=50, says=(_REGION, _ACCOUNT), offers=_offers)
