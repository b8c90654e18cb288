"""Add an empty statement at the end."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import member, object_of, string, texts
from policystudio.editing.operation import Operation, Order, Statements


@dataclass(frozen=True, slots=True)
class AddStatement(Operation):
    """An Allow of nothing yet, to be filled in."""

    def change(self, statements: Statements) -> Statements:
        empty = [
            member("Effect", string("Allow")),
            member("Action", texts(())),
            member("Resource", texts(())),
        ]
        return (*statements, object_of(empty))

    def order(self, count: int) -> Order:
        return (*range(count), None)


OPERATION = AddStatement
