"""The place in a document that an error of the schema speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from policystudio.ram.document import Kind
from policystudio.ram.finding import Finding, Fix, Severity, found
from policystudio.ram.position import Source, pointer
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString

Path = tuple[str | int, ...]


class Role(Enum):
    """What a value at some path is to a document."""

    DOCUMENT = auto()
    VERSION = auto()
    STATEMENTS = auto()
    STATEMENT = auto()
    EFFECT = auto()
    SID = auto()
    TEXT = auto()
    PRINCIPAL = auto()
    CONDITION = auto()
    OPERATOR = auto()
    VALUE = auto()


_BY_ELEMENT = {
    "Effect": Role.EFFECT,
    "Sid": Role.SID,
    "Principal": Role.PRINCIPAL,
    "Condition": Role.CONDITION,
}


def role_of(path: Path) -> Role:
    """The role of the value at `path`; a list of text and each text in it have the same."""
    if len(path) < 3:
        return (Role.DOCUMENT, Role.VERSION if path == ("Version",) else Role.STATEMENTS, Role.STATEMENT)[
            len(path)
        ]
    role = _BY_ELEMENT.get(str(path[2]), Role.TEXT)
    if len(path) == 3:
        return role
    if role is Role.CONDITION:
        return Role.OPERATOR if len(path) == 4 else Role.VALUE
    return Role.TEXT


@dataclass(frozen=True)
class Site:
    """One value of the document, by its path, and the way from there to findings.

    With `is_wrapped` the statement is not in a list in the text, so its index is no part of a pointer.
    """

    source: Source
    document: JsonObject
    path: Path
    kind: Kind
    is_wrapped: bool

    @cached_property
    def value(self) -> Json:
        return self._at(self.path)

    @cached_property
    def holder(self) -> Json:
        """The object or list in which the value stands."""
        return self._at(self.path[:-1])

    @property
    def role(self) -> Role:
        return role_of(self.path)

    @property
    def element(self) -> str:
        """The element of the statement that the value belongs to, `Action` for one of its texts."""
        return str(self.path[2]) if len(self.path) > 2 else ""

    @property
    def text(self) -> str:
        """The value, where it is a text, else the empty text."""
        return self.value.text if isinstance(self.value, JsonString) else ""

    @property
    def typed(self) -> str:
        """The value as it was typed."""
        return self.source.text[self.value.start : self.value.end]

    def pointer(self, *more: str) -> str:
        path = self.path[:1] + self.path[2:] if self.is_wrapped else self.path
        return pointer(*path, *more)

    @cached_property
    def statement(self) -> JsonObject | None:
        """The statement in which the value stands, or that it is."""
        value = self._at(self.path[:2]) if len(self.path) > 1 and self.path[0] == "Statement" else None
        return value if isinstance(value, JsonObject) else None

    def finding(
        self, code: str, message: str, fix: Fix | None = None, choices: tuple[Fix, ...] = ()
    ) -> Finding:
        """An error at the value."""
        return found(
            self.source,
            code,
            Severity.ERROR,
            message,
            offset=self.value.start,
            path=self.pointer(),
            fix=fix,
            choices=choices,
        )

    def finding_at_name(
        self, name: str, code: str, message: str, fix: Fix | None = None, choices: tuple[Fix, ...] = ()
    ) -> Finding:
        """An error at the name of a member of the value."""
        assert isinstance(self.value, JsonObject)  # only objects have members
        offset = next(member.name_start for member in self.value.members if member.name == name)
        return found(
            self.source,
            code,
            Severity.ERROR,
            message,
            offset=offset,
            path=self.pointer(name),
            fix=fix,
            choices=choices,
        )

    def _at(self, path: Path) -> Json:
        value: Json = self.document
        for part in path:
            if isinstance(value, JsonArray):
                assert isinstance(part, int)  # the path came from this very value
                value = value.items[part]
            else:
                assert isinstance(value, JsonObject)
                value = next(member.value for member in value.members if member.name == part)
        return value
