"""Move a statement to another place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from policystudio.editing.operation import Operation, Order, Refused, Statements, at

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MoveStatement(Operation):
    """`to` is the index afterwards; the others keep their order."""

    statement: int
    to: int

    def change(self, statements: Statements) -> Statements:
        at(statements, self.statement)
        if not 0 <= self.to < len(statements):
            raise Refused("at-the-edge", "the statement cannot be moved further")
        return self._moved(statements)

    def order(self, count: int) -> Order:
        return self._moved(tuple(range(count)))

    def _moved(self, items: tuple[T, ...]) -> tuple[T, ...]:
        rest = [*items[: self.statement], *items[self.statement + 1 :]]
        return (*rest[: self.to], items[self.statement], *rest[self.to :])


OPERATION = MoveStatement
