"""Members of a document's objects: where they stand for a finding, and taking one out as a repair."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.ram.document import Document, Text
from policystudio.ram.finding import Fix
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import JsonObject
from policystudio.ram.repair import one, remove_member
from policystudio.validation.repairs import parent_of


def name_at(document: Document, path: str) -> Text | None:
    """The name of the member that `path` points at, with its place; None when there is no such member."""
    holder, name = parent_of(document, path), pointer_parts(path)[-1]
    for member in holder.members if isinstance(holder, JsonObject) else ():
        if member.name == name:
            return Text(name, path, member.name_start, member.name_end)
    return None


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Take the member at a JSON Pointer out of its object, with the comma that belongs to it."""

    path: str
    title: str

    def fix(self, document: Document) -> Fix | None:
        holder = parent_of(document, self.path)
        if not isinstance(holder, JsonObject):
            return None
        return one(self.title, remove_member(holder, pointer_parts(self.path)[-1]))
