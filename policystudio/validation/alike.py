"""Judgements on statements beside each other: what they mean, whether one includes the other, where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policystudio.ram.document import Statement, Text
from policystudio.ram.patterns import covers, fold, normal
from policystudio.ram.resources import covers_resource

MOST_COMPARED = 60
"""So many statements at most are compared with each other, as the work grows with the square of their number."""
_MOST_ENTRIES = 40


def meaning_of(statement: Statement) -> tuple[object, ...]:
    """A value that is equal for statements that say the same in another order; `Sid` does not count."""
    return (
        statement.effect,
        bool(statement.not_actions),
        bool(statement.not_resources),
        _actions(statement),
        _resources(statement),
        _conditions(statement),
    )


def but_for_one_list(statement: Statement) -> Iterator[tuple[object, ...]]:
    """Values that are equal for statements that differ in their actions only, or in their resources only."""
    shared = (statement.effect, _conditions(statement))
    if statement.actions and statement.resources:
        yield ("actions", *shared, _resources(statement))
        yield ("resources", *shared, _actions(statement))


def includes(wider: Statement, narrower: Statement) -> bool:
    """Whether each action and resource of `narrower` is in one entry of `wider`; effect and conditions do not count.

    False for `NotAction`, `NotResource` and very long lists, for want of a proof.
    """
    lists = (wider.actions, wider.resources, narrower.actions, narrower.resources)
    if not all(lists) or any(len(entries) > _MOST_ENTRIES for entries in lists):
        return False
    return _all_in(wider.actions, narrower.actions, _covers_action) and _all_in(
        wider.resources, narrower.resources, covers_resource
    )


def _all_in(wider: tuple[Text, ...], narrower: tuple[Text, ...], cover: Callable[[str, str], bool]) -> bool:
    return all(any(cover(wide.text, narrow.text) for wide in wider) for narrow in narrower)


def _covers_action(wider: str, narrower: str) -> bool:
    return covers(normal(fold(wider)), normal(fold(narrower)))


def _actions(statement: Statement) -> frozenset[str]:
    return frozenset(fold(entry.text) for entry in (*statement.actions, *statement.not_actions))


def _resources(statement: Statement) -> frozenset[str]:
    return frozenset(entry.text for entry in (*statement.resources, *statement.not_resources))


def _conditions(statement: Statement) -> frozenset[object]:
    return frozenset(
        (condition.operator.text, condition.key.text, frozenset(value.text for value in condition.values))
        for condition in statement.conditions
    )
