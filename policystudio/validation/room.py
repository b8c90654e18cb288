"""What takes the room in a document: bytes without blanks for each statement and each of its elements, exactly.

What stands between the parts (braces, commas, `Version`) is counted as the rest, so that the parts always add up to the
whole. How long the whole may be is said in `size.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.ram.position import pointer
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString
from policystudio.validation.size import bytes_of


@dataclass(frozen=True, slots=True)
class ElementRoom:
    """One element of a statement with its name; `entries` is how many texts it lists, 1 for a single value."""

    path: str
    name: str
    entries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class StatementRoom:
    """One statement, its elements the largest first; `rest` is braces and commas."""

    path: str
    index: int
    sid: str
    bytes: int
    elements: tuple[ElementRoom, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Room:
    """The whole document, its statements the largest first; `rest` is everything around them."""

    bytes: int
    statements: tuple[StatementRoom, ...]
    rest: int

    @property
    def largest(self) -> tuple[StatementRoom, ElementRoom] | None:
        """The element that takes most of all, with its statement."""
        found = [(statement, element) for statement in self.statements for element in statement.elements]
        return max(found, key=lambda pair: pair[1].bytes, default=None)


def room_of(value: JsonObject) -> Room:
    """The room of a document that was read; what is no statement counts as rest."""
    whole = bytes_of(value)
    listed = value.get("Statement")
    items = listed.items if isinstance(listed, JsonArray) else ()
    statements = [_statement(index, item) for index, item in enumerate(items) if isinstance(item, JsonObject)]
    rest = whole - sum(statement.bytes for statement in statements)
    return Room(whole, tuple(sorted(statements, key=lambda each: -each.bytes)), rest)


def _statement(index: int, value: JsonObject) -> StatementRoom:
    whole = bytes_of(value)
    elements = [
        ElementRoom(
            path=pointer("Statement", index, member.name),
            name=member.name,
            entries=_entries(member.value),
            # The name with its quotes, the colon and the value.
            bytes=bytes_of(JsonString(0, 0, member.name)) + 1 + bytes_of(member.value),
        )
        for member in value.members
    ]
    sid = value.get("Sid")
    return StatementRoom(
        path=pointer("Statement", index),
        index=index,
        sid=sid.text if isinstance(sid, JsonString) else "",
        bytes=whole,
        elements=tuple(sorted(elements, key=lambda each: -each.bytes)),
        rest=whole - sum(element.bytes for element in elements),
    )


def _entries(value: Json) -> int:
    """The texts in a value, however deep; what is no list or object is one."""
    match value:
        case JsonArray():
            return sum(map(_entries, value.items))
        case JsonObject():
            return sum(_entries(member.value) for member in value.members)
    return 1
