"""Remove a statement."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.operation import Operation, Order, Statements, at


@dataclass(frozen=True, slots=True)
class RemoveStatement(Operation):
    """The last one may be removed too; what the document then lacks is a finding."""

    statement: int

    def change(self, statements: Statements) -> Statements:
        at(statements, self.statement)
        return (*statements[: self.statement], *statements[self.statement + 1 :])

    def order(self, count: int) -> Order:
        return tuple(index for index in range(count) if index != self.statement)


OPERATION = RemoveStatement
