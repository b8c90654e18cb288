"""One direction of a comparison: everything that `after` allows and `before` did not, target by target.

Source: analysis design, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from policystudio.analysis.comparing.atoms import (
    action_dimension,
    doubt_dimension,
    key_dimension,
    resource_dimension,
)
from policystudio.analysis.comparing.dimension import Dimension
from policystudio.analysis.comparing.indexed import Tick
from policystudio.analysis.comparing.limits import Budget, Stuck, Unknown
from policystudio.analysis.comparing.relevance import may_meet, uncovered_actions, uncovered_rows
from policystudio.analysis.comparing.search import Box, Search, Sides, boxes, merged
from policystudio.analysis.comparing.statements import Clause, Unsure
from policystudio.analysis.deciding import Reading

_MOST_BOXES = 500
_MOST_KEYS = 100
"""So many condition keys are looked at together; each is a level of the search, and a policy has a few."""


class Found(NamedTuple):
    """New access of one target, as boxes of atoms; `has_more` tells that there are other boxes."""

    target: Clause
    others: tuple[Clause, ...]
    sides: Sides
    dimensions: tuple[Dimension, ...]
    boxes: tuple[Box, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Gains:
    """All that was found, and why there may be more (None: there is not).

    `left` are the targets that were not looked through to the end, `seeds` the other statements in play.
    """

    found: tuple[Found, ...]
    doubt: Unknown | None
    left: tuple[Clause, ...] = ()
    seeds: tuple[Clause, ...] = ()


def gains(
    before: Sequence[Clause],
    after: Sequence[Clause],
    budget: Budget,
    reading: Reading,
    *,
    never: Clause | None = None,
    unless: Sequence[Clause] = (),
) -> Gains:
    """What `after` allows beyond `before`; with `never` only what that matches, but for what `unless` matches."""
    found: list[Found] = []
    told: list[Clause] = list(unless)
    doubt: Unknown | None = None
    queue: list[Clause] = []
    left: list[Clause] = []
    try:
        for target in targets(before, after, budget.tick):
            queue.insert(0, target)
    except Stuck as stuck:
        doubt = stuck.why
        left = [clause for clause in after if clause.is_allow]
    while queue:
        target = queue.pop()
        budget.renew()
        try:
            one, why = _examine(target, before, after, told, never, budget, reading)
        except Stuck as stuck:
            if len(target.rows) > 1 and not target.excludes_resources and not budget.is_late:
                queue += [replace(target, rows=(row,)) for row in reversed(target.rows)]
            else:
                doubt = doubt or stuck.why
                left.append(target)
            continue
        doubt = doubt or why
        if one is not None:
            found.append(one)
            told.append(target)
    asked = () if never is None else (never,)
    seeds = dict.fromkeys((*asked, *_lifted(before, after), *before, *after, *unless))
    return Gains(tuple(found), doubt, tuple(left), tuple(seeds))


def targets(before: Sequence[Clause], after: Sequence[Clause], tick: Tick) -> Iterator[Clause]:
    """The Allows of `after`, without what plainly was allowed before."""
    allows = [clause for clause in before if clause.is_allow]
    said = {clause.says for clause in allows}
    lifted = _lifted(before, after)
    seen = set()
    for clause in after:
        if not clause.is_allow or clause.says in seen:
            continue
        seen.add(clause.says)
        if any(may_meet(clause, each, tick) for each in lifted):
            yield clause
            continue
        if clause.says in said:
            continue
        rows = uncovered_rows(clause, clause.rows, allows, tick)
        if not rows and not clause.excludes_resources:
            continue
        actions = uncovered_actions(clause, rows, allows, tick)
        if actions or clause.excludes_actions:
            yield replace(clause, rows=rows, actions={each: clause.actions[each] for each in actions})


def _lifted(before: Sequence[Clause], after: Sequence[Clause]) -> list[Clause]:
    """The Denies that went away."""
    denied_still = {clause.says for clause in after if not clause.is_allow}
    return [clause for clause in before if not clause.is_allow and clause.says not in denied_still]


def _examine(
    target: Clause,
    before: Sequence[Clause],
    after: Sequence[Clause],
    told: Sequence[Clause],
    never: Clause | None,
    budget: Budget,
    reading: Reading,
) -> tuple[Found | None, Unknown | None]:
    """What is new in one target for certain, and why there may be more. Raises: Stuck."""
    meeting = [
        [clause for clause in group if may_meet(target, clause, budget.tick)]
        for group in (
            [clause for clause in before if clause.is_allow],
            [clause for clause in before if not clause.is_allow],
            [clause for clause in after if not clause.is_allow],
            told,
        )
    ]
    needed = [] if never is None else [never]
    if never is not None and not may_meet(target, never, budget.tick):
        return None, None
    others = tuple(clause for group in (*meeting, needed) for clause in group)
    sides = Sides(*_masks([*meeting, needed]))
    dimensions = _dimensions(target, others, reading, budget)
    if dimensions is None:
        return None, None
    certain = None
    if not target.unsure and not any(clause.unsure for clause in needed):
        certain = _certain(target, others, sides, dimensions, budget)
    doubts = sorted({doubt for clause in (target, *others) for doubt in clause.unsure})
    if not doubts and not any(dimension.unsayable for dimension in dimensions):
        return certain, None
    if certain is None:
        every = [*dimensions, *(doubt_dimension(doubt, others) for doubt in doubts)]
        if Search(every, [each.inside for each in every], sides, budget).run() is False:
            return None, None
    return certain, _doubt(doubts, dimensions)


def _certain(
    target: Clause, others: tuple[Clause, ...], sides: Sides, dimensions: Sequence[Dimension], budget: Budget
) -> Found | None:
    """What is new whatever the undetermined entries say: they count against it."""
    doubtful = sum(1 << index for index, other in enumerate(others) if other.unsure)
    surely = sides._replace(denied=sides.denied & ~doubtful)
    atoms = [each.inside & ~each.unsayable for each in dimensions]
    diagram = Search(dimensions, atoms, surely, budget).run()
    if diagram is False:
        return None
    some = list(islice(boxes(diagram, atoms), _MOST_BOXES + 1))
    has_more = len(some) > _MOST_BOXES
    return Found(
        target, others, surely, tuple(dimensions), tuple(merged(some[:_MOST_BOXES], budget)), has_more
    )


def _masks(groups: Sequence[Sequence[Clause]]) -> Iterator[int]:
    place = 0
    for group in groups:
        yield (1 << place + len(group)) - (1 << place)
        place += len(group)


def _dimensions(
    target: Clause, others: Sequence[Clause], reading: Reading, budget: Budget
) -> list[Dimension] | None:
    """All dimensions, those with the fewest atoms first; None when the target is empty."""
    keys = {entry.key for clause in (target, *others) for entry in clause.entries}
    if len(keys) > _MOST_KEYS:
        raise Stuck(Unknown("too-many-keys", "condition", tuple(sorted(keys)[:_MOST_KEYS])))
    found = [action_dimension(target, others, budget), resource_dimension(target, others, budget)]
    found += [key_dimension(key, target, others, reading, budget) for key in sorted(keys)]
    if not all(dimension.inside for dimension in found):
        return None
    return sorted(found, key=lambda dimension: len(dimension.witnesses))


def _doubt(doubts: Sequence[Unsure], dimensions: Sequence[Dimension]) -> Unknown:
    for doubt in doubts[:1]:
        return Unknown("undetermined", doubt.key, (doubt.operator, *doubt.values))
    gap = next(dimension for dimension in dimensions if dimension.unsayable)
    return Unknown("between-values", gap.name, tuple(gap.scale.constants) if gap.scale else ())
