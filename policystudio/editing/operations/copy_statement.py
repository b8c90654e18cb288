"""Copy a statement, to just below itself."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.operation import Operation, Order, Statements, at


@dataclass(frozen=True, slots=True)
class CopyStatement(Operation):
    """The copy is equal in every element, those that no form understands included."""

    statement: int

    def change(self, statements: Statements) -> Statements:
        copied = at(statements, self.statement)
        after = self.statement + 1
        return (*statements[:after], copied, *statements[after:])

    def order(self, count: int) -> Order:
        after = self.statement + 1
        return (*range(after), None, *range(after, count))


OPERATION = CopyStatement
