"""How much more a document allows than another one that it is a widening of: exactly, by comparing the two.

Placeholders are filled in for every place that requests came from, so the answer is about these regions and accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from policystudio.analysis import comparing
from policystudio.analysis.comparing import Answer, Change, Unknown, compare
from policystudio.analysis.comparing.answers import reason_json
from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Place, Scene
from policystudio.analysis.requirements.limits import Limits
from policystudio.analysis.requirements.writing import as_document
from policystudio.catalog.model import Catalogue
from policystudio.ram.placeholders import ACCOUNT, REGION, substitute
from policystudio.ram.resources import resources_meet

RISKS = ("none", "low", "medium", "high", "critical")
_MOST_FILLED = 60_000
"""Up to so many entries placeholders are filled in: thousands of names in thousands of places are millions."""
_MOST_PAIRS = 40_000
"""Up to so many pairs are looked at to leave out what cannot matter."""


@dataclass(frozen=True, slots=True)
class Adds:
    """What is allowed more. `known` are the actions of the catalogue among it, `risk` the gravest level of these.

    With `is_exact` the lines say all of it and nothing else; without, there are none, what is added is at most the
    `known` actions where the widened statements say so, and `reason` tells why no more can be said.
    """

    answer: Answer
    lines: tuple[Change, ...]
    is_exact: bool
    known: tuple[str, ...]
    risk: str
    reason: Unknown | None

    def as_json(self) -> dict[str, Any]:
        """What is added as the API shows it."""
        return {
            "grants_new_access": str(self.answer),
            "added": [line.as_json() for line in self.lines],
            "complete": self.is_exact,
            "known_actions": list(self.known),
            "gravest_risk": self.risk,
            "reason": None if self.reason is None else reason_json(self.reason),
        }


def adds(before: Sequence[Box], after: Sequence[Box], scene: Scene, limits: Limits, ends: float) -> Adds:
    """What `after` allows that `before` does not; it must allow all that `before` does. Never raises.

    `ends` is a moment on the monotonic clock, after which nothing more is compared.
    """
    catalogue = scene.catalogue
    standing = set(before)
    new = [box for box in dict.fromkeys(after) if box not in standing]
    beside = _sharing_actions(standing, new)
    if sum(_most_entries(box, scene.places) for box in (*beside, *new)) > _MOST_FILLED:
        return _at_most(new, Unknown("too-many-entries", "resource"), Answer.UNKNOWN, catalogue)
    old = {_filled(box, scene.places) for box in beside}
    changed = [box for box in dict.fromkeys(_filled(box, scene.places) for box in new) if box not in old]
    if changed and monotonic() >= ends:
        return _at_most(changed, Unknown("out-of-time", "resource"), Answer.UNKNOWN, catalogue)
    near, changed = _meeting(_sharing_actions(old, changed), changed)
    if not changed:
        return Adds(Answer.NO, (), True, (), RISKS[0], None)
    entries = sum(box.entries for box in (*near, *changed))
    if entries > limits.exact_entries:
        return _at_most(changed, Unknown("too-many-entries", "resource"), Answer.UNKNOWN, catalogue)
    left = max(1, min(limits.milliseconds, int((ends - monotonic()) * 1000)))
    # The old statements stand on both sides, so that nothing is lost and they are not compared with each other.
    one, two = (as_document(sorted(those, key=_order), catalogue) for those in (near, changed))
    found = compare(
        [one],
        [one, two],
        limits=comparing.Limits(milliseconds=2 * left, lines=limits.exact_entries),
        catalogue=catalogue,
    )
    if not found.complete:
        reason = found.reason or Unknown("too-many-lines", "added")
        return _at_most(changed, reason, found.grants_new_access, catalogue)
    known = dict.fromkeys(name for line in found.added for name in line.known)
    return Adds(found.grants_new_access, found.added, True, tuple(known), _gravest(known, catalogue), None)


def _order(box: Box) -> tuple[object, ...]:
    return (
        sorted(box.actions),
        sorted(box.resources),
        [(key, sorted(values)) for key, values in box.conditions],
    )


def _at_most(changed: Iterable[Box], reason: Unknown, answer: Answer, catalogue: Catalogue) -> Adds:
    touched = {name for box in changed for name in box.actions}
    known = tuple(action.name for action in catalogue.actions.values() if action.name in touched)
    return Adds(answer, (), False, known, _gravest(known, catalogue), reason)


def _gravest(names: Iterable[str], catalogue: Catalogue) -> str:
    found = (catalogue.action(name) for name in names)
    return max(
        (action.risk.level for action in found if action is not None), key=RISKS.index, default=RISKS[0]
    )


def _sharing_actions(boxes: Iterable[Box], others: Iterable[Box]) -> list[Box]:
    """Those of the boxes that have an action of the others; the rest has nothing to do with them."""
    actions = frozenset[str]().union(*(box.actions for box in others))
    return [box for box in boxes if not actions.isdisjoint(box.actions)]


def _meeting(near: Sequence[Box], changed: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """The same boxes without the resources that cannot matter, where finding these is quick.

    What an old box has with the same conditions is nothing new, and what meets nothing new takes nothing of it away.
    """
    if len(near) * len(changed) > _MOST_PAIRS:
        return list(near), list(changed)
    by_conditions: dict[object, list[Box]] = {box.conditions: [] for box in changed}
    for box in near:
        if box.conditions in by_conditions:
            by_conditions[box.conditions].append(box)
    new = [_without_held(box, by_conditions[box.conditions]) for box in changed]
    names = {resource for box in new for resource in box.resources}
    others = {resource for box in near for resource in box.resources}
    if len(names) * len(others) <= _MOST_PAIRS:
        others = {each for each in others if any(resources_meet(each, name) for name in names)}
    met = [box._replace(resources=box.resources & others) for box in near]
    return [box for box in met if box.resources], [box for box in new if box.resources]


def _without_held(box: Box, old: Iterable[Box]) -> Box:
    held = (each.resources for each in old if box.actions <= each.actions)
    return box._replace(resources=box.resources.difference(*held))


def _most_entries(box: Box, places: Sequence[Place]) -> int:
    """How many entries the box has at most when it is filled in."""
    return box.entries + sum("$" in resource for resource in box.resources) * (len(places) - 1)


def _filled(box: Box, places: Iterable[Place]) -> Box:
    """The box in every place together."""
    if not any("$" in resource for resource in box.resources):
        return box
    blanks = [{REGION: place.region, ACCOUNT: place.account} for place in places]
    filled = {substitute(resource, each) for resource in box.resources for each in blanks}
    return box._replace(resources=frozenset(filled))
