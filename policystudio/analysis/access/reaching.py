"""What a release lets its holders reach in several steps: the ways that come with it, those that stay, those that go.

A way is new where its steps are, or where it leads to objects that were not reached before by it or otherwise.
Places with the same answer are searched once, see `sharing.py`: what is said there of comparisons holds for one set of
documents too, as a search asks of texts nothing but which others they fit.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, NamedTuple

from policystudio.analysis.access.filling import Blanks, filled
from policystudio.analysis.access.places import Place, Regions
from policystudio.analysis.access.sharing import Signatures
from policystudio.analysis.comparing import Limits
from policystudio.analysis.escalation import Answer, Reach, escalate_both
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document
from policystudio.ram.render import Target

MOST_SEARCHES = 12
"""So many places with answers of their own are searched; each may take the time of a page."""
LIMITS = Limits(states=60_000, nodes=20_000, milliseconds=1_000)
_NOT_REACHED = (Answer.NO, Answer.UNKNOWN)
_STILL_THERE = (Answer.DIRECT, Answer.UNKNOWN)
"""What is allowed at once from now on, or may be, is not gone."""


class Reached(NamedTuple):
    """A way as it is in `target`, one of the places that have it."""

    reach: Reach
    target: Target


@dataclass(frozen=True, slots=True)
class Reaching:
    """Ways in several steps; `complete` tells whether all places were searched to the end."""

    new: tuple[Reached, ...]
    stays: tuple[Reached, ...]
    gone: tuple[Reached, ...]
    complete: bool

    def as_json(self) -> dict[str, Any]:
        """The ways as the API shows them."""
        return {
            "new": [_json(each) for each in self.new],
            "stays": [_json(each) for each in self.stays],
            "gone": [_json(each) for each in self.gone],
            "complete": self.complete,
        }


def reaching(
    before: Document | None,
    after: Document,
    places: Sequence[Place],
    *,
    catalogue: Catalogue,
    limits: Limits = LIMITS,
) -> Reaching:
    """What is reached when the source `before` (None: nothing) gives way to `after` in these places.

    Both have placeholders that `is_fillable` finds no fault with. `limits` hold for all places together.
    """
    signatures = Signatures([after] if before is None else [before, after])
    distinct: dict[Hashable, Place] = {}
    for place in places:
        distinct.setdefault(signatures.of(place), place)
    searched = list(distinct.values())[:MOST_SEARCHES]
    is_complete, ends = len(searched) == len(distinct), monotonic() + limits.milliseconds / 1000
    found: tuple[dict[Hashable, Reached], ...] = ({}, {}, {})
    for place in searched:
        if monotonic() > ends:
            is_complete = False
            break
        old, new = escalate_both(
            _documents(before, place, place.before),
            _documents(after, place, place.after),
            catalogue=catalogue,
            limits=limits,
        )
        is_complete &= old.reason is None and new.reason is None
        was, then = ({each.likeness for each in side.of(Answer.STEPS)} for side in (old, new))
        target = place.targets[0]
        for reach in new.of(Answer.STEPS):
            is_new = reach.likeness not in was or reach.other in _NOT_REACHED
            found[0 if is_new else 1].setdefault(reach.likeness, Reached(reach, target))
        for reach in old.of(Answer.STEPS):
            is_other = reach.likeness not in then and reach.other not in _STILL_THERE
            if is_other or reach.other is Answer.NO:
                found[2].setdefault(reach.likeness, Reached(reach, target))
    new_ways, staying, gone = (tuple(each.values()) for each in found)
    return Reaching(new_ways, staying, gone, is_complete)


def _documents(source: Document | None, place: Place, regions: Sequence[Regions]) -> list[Document]:
    return [] if source is None else [filled(source, Blanks(place.account, each)) for each in regions]


def _json(reached: Reached) -> dict[str, Any]:
    target = {"account": reached.target.account, "region": reached.target.region}
    return {**reached.reach.as_json(), "target": target}
