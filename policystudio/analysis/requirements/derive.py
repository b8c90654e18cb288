"""From requests to the smallest document that allows them, widened as far as was accepted, with what else is offered.

Without anything accepted the document allows what was asked and nothing else. Decision: a statement that asks for the
keys of a request also allows the same request with further keys, as no statement can say that a key must be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.analysis.comparing.limits import deadline
from policystudio.analysis.request import Request
from policystudio.analysis.requirements.adding import Adds, adds
from policystudio.analysis.requirements.asked import Asked, LeftOut, point_of, understand
from policystudio.analysis.requirements.boxes import Box, Point, cells
from policystudio.analysis.requirements.covering import uncovered
from policystudio.analysis.requirements.dependents import Dependent, dependents
from policystudio.analysis.requirements.generalisation import Generalisation, Place, Scene, offered
from policystudio.analysis.requirements.limits import Limits
from policystudio.analysis.requirements.partition import in_order, partition
from policystudio.analysis.requirements.writing import source_of
from policystudio.catalog.model import Catalogue
from policystudio.ram.resources import split

_STATED_LIMITS = Limits()
_ANY_PLACE = Place("*", "*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A generalisation and what it would add to the document as it is now."""

    generalisation: Generalisation
    adds: Adds

    def as_json(self) -> dict[str, Any]:
        """The offer as the API shows it."""
        return {"id": self.generalisation.id, "text": self.generalisation.text, **self.adds.as_json()}


class Accepted(Offer):
    """A generalisation that is in the document, and what it added to the document that it was applied to."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The source that allows what is asked and what was accepted; empty without a request that can be written.

    `unused` are those of the accepted ids that nothing can be done with: unknown, repeated, or without effect on this
    document. `has_more` tells that more could be offered than is.
    """

    source: str
    statements: int
    asked: tuple[Asked, ...]
    left_out: tuple[LeftOut, ...]
    accepted: tuple[Accepted, ...]
    unused: tuple[str, ...]
    offers: tuple[Offer, ...]
    has_more: bool
    dependents: tuple[Dependent, ...]


def derive(
    requests: Iterable[Request],
    *,
    catalogue: Catalogue,
    accepted: Sequence[str] = (),
    limits: Limits = _STATED_LIMITS,
) -> Derived:
    """The document for these requests, and what it could be widened to.

    `accepted` are ids of generalisations, applied in this order, each to what the ones before gave. What each adds is
    said in the places (regions and accounts) that the requests came from. Never raises.
    """
    understood = understand(requests, catalogue, limits)
    points = [point_of(each.request) for each in understood.asked]
    scene = Scene(catalogue, _places(points))
    boxes = partition(uncovered(points, catalogue), catalogue)
    ends = deadline(limits.milliseconds_in_all)
    possible = list(offered(boxes, scene))
    done: list[Accepted] = []
    unused: list[str] = []
    for number in accepted:
        found = next((each for each in possible if each.id == number), None)
        if found is None or len(done) >= limits.accepted:
            unused.append(number)
            continue
        wider = _again(_widened(boxes, found), catalogue, limits)
        done.append(Accepted(found, adds(boxes, wider, scene, limits, ends)))
        boxes, possible = wider, list(offered(wider, scene))
    offers = [
        Offer(each, adds(boxes, _widened(boxes, each), scene, limits, ends))
        for each in possible[: limits.offers]
    ]
    return Derived(
        source=source_of(boxes, catalogue) if boxes else "",
        statements=len(boxes),
        asked=understood.asked,
        left_out=understood.left_out,
        accepted=tuple(done),
        unused=tuple(unused),
        offers=tuple(offers),
        has_more=len(possible) > len(offers),
        dependents=dependents(boxes, catalogue),
    )


def _widened(boxes: Sequence[Box], by: Generalisation) -> list[Box]:
    return [wider for box in boxes for wider in by.widen(box)]


def _again(boxes: Sequence[Box], catalogue: Catalogue, limits: Limits) -> list[Box]:
    """The boxes put together anew, as some of them may say the same now; as they are where that is too much work."""
    if cells(boxes) > limits.cells:
        return in_order(set(boxes), catalogue)
    points = (point for box in boxes for point in box.points())
    return partition(uncovered(points, catalogue), catalogue)


def _places(points: Iterable[Point]) -> tuple[Place, ...]:
    """Where requests came from; somewhere, if no resource tells."""
    fields = (split(point.resource) for point in points)
    found = {Place(each.region, each.account) for each in fields if each is not None}
    return tuple(sorted(found)) or (_ANY_PLACE,)
