"""What a change to the statements of a document is, and why one cannot be made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from policystudio.ram.reader import Json, JsonObject

Statements = tuple[Json, ...]
Order = tuple[int | None, ...]
"""For each statement afterwards: which one it was before, or None for a new one."""


class Refused(Exception):
    """Carries the reason why a change cannot be made up to `apply`, and never further."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Operation(ABC):
    """One change. It touches the statements that it names and nothing else of the document."""

    @abstractmethod
    def change(self, statements: Statements) -> Statements:
        """The statements afterwards. Raises: Refused when the change cannot be made to these statements."""

    def order(self, count: int) -> Order:
        """Where the statements come from, of `count` before; most changes leave them where they are."""
        return tuple(range(count))


@dataclass(frozen=True, slots=True)
class OnStatement(Operation):
    """A change inside one statement."""

    statement: int

    @abstractmethod
    def changed(self, statement: JsonObject) -> JsonObject:
        """The statement afterwards. Raises: Refused when it is not made for this change."""

    def change(self, statements: Statements) -> Statements:
        value = at(statements, self.statement)
        if not isinstance(value, JsonObject):
            raise Refused("not-an-object", "this statement is no object; correct it in the JSON first")
        return put(statements, self.statement, self.changed(value))


def at(statements: Statements, index: int) -> Json:
    """The statement with this index. Raises: Refused when there is none."""
    if not 0 <= index < len(statements):
        raise Refused("no-such-statement", "there is no such statement any more")
    return statements[index]


def put(statements: Statements, index: int, value: Json) -> Statements:
    """The statements with another one in the place of `index`."""
    return (*statements[:index], value, *statements[index + 1 :])
