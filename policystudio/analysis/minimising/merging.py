"""Joins statements that are equal in all but one list: the one list then holds the entries of both.

What the two match together is exactly what the one matches: a list of actions, of resources, or of values of a positive
condition is an "or", and everything else is the same. `NotAction`, `NotResource` and negated conditions are no "or";
`Bool` takes one value only; and what has no reading is left alone. Of two `Sid`s that of the earlier statement stays.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
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


def merged(
    statements: Sequence[Statement], is_over: Callable[[], bool] = lambda: False
) -> tuple[list[Statement], list[Step]]:
    """The statements, joined until no two can be, the later always into the earlier; and what was done.

    One walk takes about as long as it takes to read them; no second one is begun once `is_over`.
    """
    left, steps = list(statements), list[Step]()
    while True:
        count = len(left)
        left = _once(left, steps)
        if len(left) == count or is_over():
            return left, steps


class _Read:
    """A statement, what each of its lists says, and the entries that others bring into one of these."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.slots = slots(statement)
        self._says = _says(statement)
        self._sum = sum(map(hash, self._says.items()))
        self._joining: Slot | None = None
        self._texts: dict[str, Text] = {}

    def key(self, slot: Slot) -> Hashable:
        """Equal for statements that are equal in all but this list, and hardly for any others."""
        return slot, self.statement.effect, self._sum - hash((slot, self._says[slot]))

    def takes(self, other: _Read, slot: Slot) -> bool:
        """Whether the other's entries of this list may come in: only one list may grow in a walk."""
        return self._joining in (None, slot) and (
            self._says | {slot: None} == other._says | {slot: None}
            and self.statement.effect is other.statement.effect
        )

    def take(self, other: _Read, slot: Slot) -> None:
        for each in (self, other) if self._joining is None else (other,):
            for text in texts_in(each.statement, slot):
                self._texts.setdefault(_spelling(slot, text), text)
        self._joining = slot

    def joined(self) -> Statement:
        """The statement with all that came in."""
        if self._joining is None:
            return self.statement
        return with_texts(self.statement, self._joining, tuple(self._texts.values()))


def _once(statements: Sequence[Statement], steps: list[Step]) -> list[Statement]:
    kept: list[_Read] = []
    places: dict[Hashable, _Read] = {}
    for read in map(_Read, statements):
        for slot in read.slots:
            earlier = places.get(read.key(slot))
            if earlier is not None and earlier.takes(read, slot):
                earlier.take(read, slot)
                came = read.statement
                steps.append(Step(Kind.MERGED, came.path, came.index, blame=earlier.statement.index))
                break
        else:
            kept.append(read)
            for slot in read.slots:
                places.setdefault(read.key(slot), read)
    return [each.joined() for each in kept]


def _says(statement: Statement) -> dict[Hashable, Hashable]:
    """What stands in each list, whatever its order."""
    return {
        ACTIONS: frozenset(map(_folded, statement.actions)),
        "NotAction": frozenset(map(_folded, statement.not_actions)),
        RESOURCES: frozenset(each.text for each in statement.resources),
        "NotResource": frozenset(each.text for each in statement.not_resources),
        **{
            Slot("Condition", each.operator.text, each.key.text): frozenset(
                value.text for value in each.values
            )
            for each in statement.conditions
        },
    }


def _is_at(condition: Condition, slot: Slot) -> bool:
    return (condition.operator.text, condition.key.text) == (slot.operator, slot.key)


def _spelling(slot: Slot, text: Text) -> str:
    return _folded(text) if slot == ACTIONS else text.text


def _folded(text: Text) -> str:
    return normal(fold(text.text))
