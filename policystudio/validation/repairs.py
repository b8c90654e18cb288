"""Repairs that rules offer, described by what they do and turned into edits of the judged text only when shown.

Where a repair cannot be made as one clean edit (the last entry of a list, say) none is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from policystudio.ram.canonical import compact
from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.finding import Edit, Fix
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString

_LONGEST_TITLE = 80


class Repair(Protocol):
    """Something that can be made a `Fix` for one document."""

    def fix(self, document: Document) -> Fix | None:
        """The edits, or None when they cannot be made here."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Write `text` in place of a string of the document; a member is not given a name that another one has."""

    at: Text
    text: str
    title: str = ""

    def fix(self, document: Document) -> Fix | None:
        parent = parent_of(document, self.at.path)
        names = (
            {member.name_start: member.name for member in parent.members}
            if isinstance(parent, JsonObject)
            else {}
        )
        if self.at.start in names and self.text in names.values():
            return None
        title = self.title or f"Write {_cut(self.text)}"
        return Fix(title, (Edit(self.at.start, self.at.end, quoted(self.text)),))


@dataclass(frozen=True, slots=True)
class ReplaceByList:
    """Write several entries in place of one string; a single text becomes a list."""

    at: Text
    texts: tuple[str, ...]
    title: str

    def fix(self, document: Document) -> Fix | None:
        joined = ", ".join(map(quoted, self.texts))
        is_entry = isinstance(parent_of(document, self.at.path), JsonArray)
        return Fix(self.title, (Edit(self.at.start, self.at.end, joined if is_entry else f"[{joined}]"),))


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a string out of its list, with the comma that belongs to it; the only entry stays."""

    at: Text
    title: str = "Remove the entry"

    def fix(self, document: Document) -> Fix | None:
        parent = parent_of(document, self.at.path)
        if not isinstance(parent, JsonArray) or len(parent.items) < 2:
            return None
        index = int(pointer_parts(self.at.path)[-1])
        if index + 1 < len(parent.items):
            edit = Edit(self.at.start, parent.items[index + 1].start, "")
        else:
            edit = Edit(parent.items[index - 1].end, self.at.end, "")
        return Fix(self.title, (edit,))


@dataclass(frozen=True, slots=True)
class Add:
    """Put further texts behind those of an element, such as `Resource`; a single text becomes a list."""

    statement: Statement
    element: str
    texts: tuple[str, ...]
    title: str = ""

    def fix(self, document: Document) -> Fix | None:
        value = child_of(value_at(document, self.statement.path), self.element)
        title = self.title or "Add " + _cut(", ".join(self.texts))
        joined = [quoted(text) for text in self.texts]
        if isinstance(value, JsonString):
            return Fix(
                title, (Edit(value.start, value.end, "[" + ", ".join([compact(value), *joined]) + "]"),)
            )
        if not isinstance(value, JsonArray) or not value.items:
            return None
        last = value.items[-1]
        gap = document.source.text[value.items[-2].end : last.start] if len(value.items) > 1 else ", "
        return Fix(title, (Edit(last.end, last.end, "".join(gap + text for text in joined)),))


def _cut(text: str) -> str:
    """`text` short enough for a button."""
    return text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE] + "…"


def quoted(text: str) -> str:
    """`text` as a JSON string."""
    return compact(JsonString(0, 0, text))


def parent_of(document: Document, path: str) -> Json | None:
    """The list or object that holds what stands at `path`."""
    return value_at(document, path.rpartition("/")[0])


def value_at(document: Document, path: str) -> Json | None:
    """The value at a JSON Pointer, or None."""
    value: Json | None = document.value
    for part in pointer_parts(path):
        value = child_of(value, part)
    return value


def child_of(value: Json | None, part: str) -> Json | None:
    """The entry or member called `part`, or None."""
    if isinstance(value, JsonObject):
        return value.get(part)
    if isinstance(value, JsonArray) and part.isdecimal() and int(part) < len(value.items):
        return value.items[int(part)]
    return None


def text_at(document: Document, path: str) -> Text | None:
    """The string at a JSON Pointer, or None when there is none, as for the name of a member."""
    value = value_at(document, path)
    return Text(value.text, path, value.start, value.end) if isinstance(value, JsonString) else None
