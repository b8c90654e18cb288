"""What need not be searched: statements that cannot meet a target, and parts of a target that one Allow covers.

Everything here may err to one side only: two things that meet are never said not to, and what is said to be covered is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from policystudio.analysis.comparing.indexed import Index, Tick, Ways
from policystudio.analysis.comparing.statements import Clause, Row
from policystudio.ram.memory import MAX_CHARACTERS
from policystudio.ram.patterns import covers, has_wildcard, matches

_FEW = 256
"""So many pairs are tried one by one, which is quicker than to look them up."""


def _never() -> None:
    """No clock: where few patterns are asked about."""


def patterns_meet(one: str, other: str) -> bool:
    """Whether some text fits both patterns; exact where one has no wildcard, else it may say True for nothing.

    With wildcards in both, only what stands before the first and behind the last star can keep them apart.
    """
    if one == other:
        return True
    if len(one) + len(other) > MAX_CHARACTERS:
        return _meet(one, other)
    return _remembered_meet(one, other)


def _meet(one: str, other: str) -> bool:
    one_star, other_star = "*" in one, "*" in other
    if one_star and other_star:
        return _meet_until_star(one, other) and _meet_until_star(one[::-1], other[::-1])
    if "?" not in one and not one_star:
        return matches(other, one)
    if "?" not in other and not other_star:
        return matches(one, other)
    return _meet_until_star(one, other) and _meet_until_star(one[::-1], other[::-1])


# Only short texts are remembered, so that nobody can fill the memory with long ones.
_remembered_meet = lru_cache(maxsize=16_384)(_meet)


def _meet_until_star(one: str, other: str) -> bool:
    for here, there in zip(one, other, strict=False):
        if here == "*" or there == "*":
            return True
        if here != there and here != "?" and there != "?":
            return False
    return True


def rows_meet(one: Row, other: Row) -> bool:
    """Whether some resource fits both patterns."""
    return all(patterns_meet(here, there) for here, there in zip(one.fields, other.fields, strict=True))


def may_meet(target: Clause, other: Clause, tick: Tick = _never) -> bool:
    """False only if no request matches both statements, by their actions or their resources."""
    return _actions_meet(target, other, tick) and _resources_meet(target, other, tick)


def _actions_meet(target: Clause, other: Clause, tick: Tick) -> bool:
    if target.excludes_actions or other.excludes_actions:
        return True
    if not target.actions.keys().isdisjoint(other.actions):
        return True
    if len(target.actions) * len(other.actions) > _FEW:
        return _actions_of(target).meets(_actions_of(other), tick)
    tick()
    return any(patterns_meet(one, two) for one in target.actions for two in other.actions)


def _resources_meet(target: Clause, other: Clause, tick: Tick) -> bool:
    if target.excludes_resources or other.excludes_resources:
        return True
    if len(target.rows) * len(other.rows) > _FEW:
        return _rows_of(target).meets(_rows_of(other), tick)
    tick()
    return any(rows_meet(one, two) for one in target.rows for two in other.rows)


def row_covers(wider: Row, narrower: Row) -> bool:
    """Whether every resource of `narrower` also fits `wider`; the lone star alone reaches what has no resource."""
    if wider.is_star or wider == narrower:
        return True
    if narrower.is_star:
        return False
    return all(covers(one, two) for one, two in zip(wider.fields, narrower.fields, strict=True))


def says_no_less(wider: Clause, narrower: Clause) -> bool:
    """Whether the conditions of `wider` hold wherever those of `narrower` do, by their texts."""
    return wider.entries <= narrower.entries and wider.unsure <= narrower.unsure


def uncovered_rows(
    target: Clause, rows: Sequence[Row], allows: Iterable[Clause], tick: Tick = _never
) -> tuple[Row, ...]:
    """The resources of the target that no single one of `allows` grants with all of the target's actions."""
    if target.excludes_resources:
        return tuple(rows)
    granting = [
        allow for allow in allows if says_no_less(allow, target) and _covers_actions(allow, target, tick)
    ]
    # What is named word for word needs no look at any pattern, so all of that goes first.
    named = {row for allow in granting if not allow.excludes_resources for row in allow.rows}
    left = tuple(row for row in rows if row not in named)
    for allow in granting:
        left = tuple(row for row in left if not _covers_row(allow, row, tick))
    return left


def uncovered_actions(
    target: Clause, rows: Sequence[Row], allows: Iterable[Clause], tick: Tick = _never
) -> tuple[str, ...]:
    """The actions of the target that no single one of `allows` grants on all of these resources."""
    left = tuple(target.actions)
    if target.excludes_actions or target.excludes_resources:
        return left
    granting = [
        allow
        for allow in allows
        if says_no_less(allow, target) and all(_covers_row(allow, row, tick) for row in rows)
    ]
    named = {action for allow in granting if not allow.excludes_actions for action in allow.actions}
    left = tuple(action for action in left if action not in named)
    for allow in granting:
        left = tuple(action for action in left if not _covers_action(allow, action, tick))
    return left


def _covers_actions(wider: Clause, narrower: Clause, tick: Tick) -> bool:
    if not narrower.excludes_actions:
        return all(_covers_action(wider, action, tick) for action in narrower.actions)
    if wider.excludes_actions:
        return all(_lists_action(narrower, each, tick) for each in wider.actions)
    return "*" in wider.actions


def _covers_action(wider: Clause, action: str, tick: Tick) -> bool:
    if wider.excludes_actions:
        tick()
        return not any(patterns_meet(out, action) for out in wider.actions)
    return _lists_action(wider, action, tick)


def _lists_action(clause: Clause, action: str, tick: Tick) -> bool:
    """Whether an entry of its list covers the pattern, be it that it leaves these actions out."""
    if len(clause.actions) > _FEW:
        return _actions_of(clause).covers(action, tick)
    tick()
    return action in clause.actions or any(covers(pattern, action) for pattern in clause.actions)


def _covers_row(wider: Clause, row: Row, tick: Tick) -> bool:
    if wider.excludes_resources:
        tick()
        return not any(rows_meet(out, row) for out in wider.rows)
    if len(wider.rows) > _FEW:
        return _rows_of(wider).covers(row, tick)
    tick()
    return any(row_covers(each, row) for each in wider.rows)


_ACTIONS: Ways[str] = Ways(str, lambda text: not has_wildcard(text), str, covers, patterns_meet)
_ROWS: Ways[Row] = Ways(
    lambda row: row.fields[3],
    lambda row: not any(map(has_wildcard, row.fields)),
    lambda row: (row.fields, row.is_star),
    row_covers,
    rows_meet,
)


# A few only, as each holds all the texts of its statement; loops stay with one or two.
@lru_cache(maxsize=8)
def _actions_of(clause: Clause) -> Index[str]:
    return Index(clause.actions, _ACTIONS)


@lru_cache(maxsize=8)
def _rows_of(clause: Clause) -> Index[Row]:
    return Index(clause.rows, _ROWS)
