"""Joins statements that are equal in all but one list: the one list then holds the entries of both.

What the two match together is exactly what the one matches: a list of actions, of resources, or of values of a positive
condition is an "or", and everything else is the same. `NotAction`, `NotResource` and negated conditions are no "or";
`Bool` takes one value only; and what has no reading is left alone. Of two `Sid`s that of the earlier statement stays.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from policystudio.analysis.comparing.statements import Place, clause
from policystudio.analysis.minimising.answers import Kind, Step
from policystudio.ram.document import Condition, Statement, Text
from policystudio.ram.patterns import fold, normal


class Slot(NamedTuple):
    """A list whose entries are alternatives: `Action`, `Resource`, or the values of an operator and a key."""

    name: str
    operator: str = ""
    key: str = ""


ACTIONS, RESOURCES = Slot("Action"), Slot("Resource")


def slots(statement: Statement) -> list[Slot]:
    """The lists of a statement whose entries are alternatives, so that it may be cut, or joined with another, there."""
    found = [ACTIONS] if statement.actions else []
    found += [RESOURCES] if statement.resources else []
    conditions_only = replace(statement, actions=(), not_actions=(), resources=(), not_resources=())
    entries = sorted(clause(conditions_only, Place(0, statement.path)).entries)
    found += [
        Slot("Condition", entry.operator, entry.key)
        for entry in entries
        if not entry.is_negated and entry.family != "boolean"
    ]
    return found


def texts_in(statement: Statement, slot: Slot) -> tuple[Text, ...]:
    """The entries of the list."""
    if slot == ACTIONS:
        return statement.actions
    if slot == RESOURCES:
        return statement.resources
    return next(each.values for each in statement.conditions if _is_at(each, slot))


def with_texts(statement: Statement, slot: Slot, texts: Sequence[Text]) -> Statement:
    """The statement with other entries in the list."""
    if slot == ACTIONS:
        return replace(statement, actions=tuple(texts))
    if slot == RESOURCES:
        return replace(statement, resources=tuple(texts))
    conditions = (
        replace(each, values=tuple(texts)) if _is_at(each, slot) else each for each in statement.conditions
    )
    return replace(statement, conditions=tuple(conditions))


def merged(statements: Sequence[Statement]) -> tuple[list[Statement], list[Step]]:
    """The statements, joined until no two can be, the later always into the earlier; and what was done."""
    left, steps = list(statements), list[Step]()
    while True:
        count = len(left)
        left = list(_once(left, steps))
        if len(left) == count:
            return left, steps


def _once(statements: Sequence[Statement], steps: list[Step]) -> Iterator[Statement]:
    kept: dict[int, Statement] = {}
    places: dict[Hashable, int] = {}
    for statement in statements:
        for slot in slots(statement):
            at = places.get(_rest(statement, slot))
            if at is not None:
                for other in slots(kept[at]):
                    if places.get(_rest(kept[at], other)) == at:
                        del places[_rest(kept[at], other)]
                kept[at] = _joined(kept[at], statement, slot)
                steps.append(Step(Kind.MERGED, statement.path, statement.index, blame=at))
                statement = kept[at]
                break
        kept[statement.index] = statement
        for slot in slots(statement):
            places.setdefault(_rest(statement, slot), statement.index)
    yield from kept.values()


def _joined(one: Statement, other: Statement, slot: Slot) -> Statement:
    texts = texts_in(one, slot)
    said = {_spelling(slot, text) for text in texts}
    more = (text for text in texts_in(other, slot) if _spelling(slot, text) not in said)
    return with_texts(one, slot, (*texts, *more))


def _rest(statement: Statement, slot: Slot) -> Hashable:
    """All that a statement says but for the entries of one list."""
    return (
        slot,
        statement.effect,
        None if slot == ACTIONS else frozenset(_folded(each) for each in statement.actions),
        frozenset(_folded(each) for each in statement.not_actions),
        None if slot == RESOURCES else frozenset(each.text for each in statement.resources),
        frozenset(each.text for each in statement.not_resources),
        frozenset((each.operator.text, each.key.text, _values(each, slot)) for each in statement.conditions),
    )


def _values(condition: Condition, slot: Slot) -> Hashable:
    return None if _is_at(condition, slot) else frozenset(value.text for value in condition.values)


def _is_at(condition: Condition, slot: Slot) -> bool:
    return (condition.operator.text, condition.key.text) == (slot.operator, slot.key)


def _spelling(slot: Slot, text: Text) -> str:
    return _folded(text) if slot == ACTIONS else text.text


def _folded(text: Text) -> str:
    return normal(fold(text.text))
