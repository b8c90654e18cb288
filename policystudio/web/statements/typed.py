"""What was typed into the cards and not applied yet; it outlives every change to the document around it.

Fields are named `s<statement>.<rest>`; a rest `r.<n>.…`, `c.<n>.…` or `o.<n>.…` belongs to the n-th resource, condition
or other element. When the document changes, each field follows what it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from policystudio.editing.operation import Order
from policystudio.editing.view import DocumentView, StatementView

_FIELD = re.compile(r"s(0|[1-9][0-9]{0,4})\.(.+)")
_NUMBERED = re.compile(r"([rco])\.(0|[1-9][0-9]{0,4})\.(.+)")

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """(statement, rest of the name) → values."""

    fields: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: QueryDict) -> Typed:
        """The fields of all cards that were sent."""
        found = {}
        for name in data:
            match = _FIELD.fullmatch(name)
            if match:
                values = tuple(value.replace("\r\n", "\n") for value in data.getlist(name))
                found[int(match[1]), match[2]] = values
        return cls(found)

    @property
    def statements(self) -> frozenset[int]:
        """Those whose cards have fields here."""
        return frozenset(index for index, _ in self.fields)

    def has(self, statement: int, name: str) -> bool:
        return (statement, name) in self.fields

    def get(self, statement: int, name: str, default: str = "") -> str:
        """The first value of a field."""
        values = self.fields.get((statement, name))
        return values[0] if values else default

    def all(self, statement: int, name: str) -> tuple[str, ...]:
        """All values of a field, as of check boxes."""
        return self.fields.get((statement, name), ())

    def without(self, statement: int, prefix: str) -> Typed:
        """What is left when the fields that begin with `prefix` are done with."""
        return Typed(
            {
                (index, name): values
                for (index, name), values in self.fields.items()
                if index != statement or not name.startswith(prefix)
            }
        )

    def carried(self, before: DocumentView, after: DocumentView, order: Order) -> Typed:
        """The fields under their new names; those of what is gone or has become something else are dropped."""
        of_statement: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
        for (index, name), values in self.fields.items():
            of_statement.setdefault(index, []).append((name, values))
        found: dict[Key, tuple[str, ...]] = {}
        for new, old in enumerate(order):
            if old is None or old not in of_statement or old >= len(before.statements):
                continue
            moves = _moves(before.statements[old], after.statements[new])
            for name, values in of_statement[old]:
                renamed = _renamed(name, moves)
                if renamed:
                    found[new, renamed] = values
        return Typed(found)


def origins(before: DocumentView, after: DocumentView) -> Order:
    """Where the statements of a document that was edited as text come from: equal ones first, then the same place."""
    if len(before.statements) == len(after.statements):
        return tuple(range(len(after.statements)))
    waiting: dict[str, list[int]] = {}
    for statement in before.statements:
        waiting.setdefault(statement.json, []).append(statement.index)
    return tuple(waiting[s.json].pop(0) if waiting.get(s.json) else None for s in after.statements)


Moves = dict[str, dict[int, int]]


def _moves(before: StatementView, after: StatementView) -> Moves:
    return {
        "r": _places([e.json for e in before.resources.entries], [e.json for e in after.resources.entries]),
        "c": _places(before.conditions, after.conditions),
        "o": _places(before.others, after.others),
    }


def _places(before: Sequence[Hashable], after: Sequence[Hashable]) -> dict[int, int]:
    """Old place → new place of what is still the same."""
    free: dict[Hashable, list[int]] = {}
    for place, item in enumerate(after):
        free.setdefault(item, []).append(place)
    return {place: free[item].pop(0) for place, item in enumerate(before) if free.get(item)}


def _renamed(name: str, moves: Moves) -> str:
    match = _NUMBERED.fullmatch(name)
    if match is None:
        return name
    place = moves[match[1]].get(int(match[2]))
    return "" if place is None else f"{match[1]}.{place}.{match[3]}"
