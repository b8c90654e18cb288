"""What a release lets its holders reach in several steps: the ways that come with it, those that stay, those that go.

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
from policystudio.analysis.escalation import Answer, Escalation, Reach, escalate
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document
from policystudio.ram.render import Target

MOST_SEARCHES = 12
"""So many places with answers of their own are searched; each may take the time of a page."""
LIMITS = Limits(states=60_000, nodes=20_000, milliseconds=1_000)


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
        old = _ways(before, place, place.before, catalogue, limits)
        new = _ways(after, place, place.after, catalogue, limits)
        is_complete &= old.reason is None and new.reason is None
        was, then = _by_likeness(old), _by_likeness(new)
        target = place.targets[0]
        for ways, of, others, wanted in ((0, then, was, False), (1, then, was, True), (2, was, then, False)):
            for key, reach in of.items():
                if (key in others) is wanted:
                    found[ways].setdefault(key, Reached(reach, target))
    new_ways, staying, gone = (tuple(each.values()) for each in found)
    return Reaching(new_ways, staying, gone, is_complete)


def _ways(
    source: Document | None,
    place: Place,
    regions: Sequence[Regions],
    catalogue: Catalogue,
    limits: Limits,
) -> Escalation:
    documents = [] if source is None else [filled(source, Blanks(place.account, each)) for each in regions]
    return escalate(documents, catalogue=catalogue, limits=limits)


def _by_likeness(found: Escalation) -> dict[Hashable, Reach]:
    """A way is the same where its steps are, whichever statements allow them."""
    return {each.likeness: each for each in found.of(Answer.STEPS)}


def _json(reached: Reached) -> dict[str, Any]:
    target = {"account": reached.target.account, "region": reached.target.region}
    return {**reached.reach.as_json(), "target": target}
