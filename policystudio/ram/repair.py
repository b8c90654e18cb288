"""Edits that are offered for a fault: removing, renaming, quoting and wrapping parts of the judged text.

Each works on places in the text, never on the value, so that everything else stays as it was typed. Which fault gets
which edit is decided where the fault is found; nothing is ever applied here.
"""

from __future__ import annotations

from policystudio.ram.canonical import quoted
from policystudio.ram.finding import Edit, Fix
from policystudio.ram.reader import Json, JsonArray, JsonObject, Member


def replace(value: Json, text: str) -> Edit:
    """Put the JSON `text` in the place of a value."""
    return Edit(value.start, value.end, text)


def replace_text(value: Json, text: str) -> Edit:
    """Put a string in the place of a value."""
    return Edit(value.start, value.end, quoted(text))


def rename(member: Member, name: str) -> Edit:
    """Give a member another name."""
    return Edit(member.name_start, member.name_end, quoted(name))


def remove_member(holder: JsonObject, name: str) -> Edit:
    """Take the member `name` out of an object, with the comma that goes with it."""
    members = holder.members
    index = next(i for i, member in enumerate(members) if member.name == name)
    start, end = members[index].name_start, members[index].value.end
    if index + 1 < len(members):
        return Edit(start, members[index + 1].name_start, "")
    return Edit(members[index - 1].value.end if index else start, end, "")


def remove_item(holder: JsonArray, index: int) -> Edit:
    """Take one item out of a list, with the comma that goes with it."""
    items = holder.items
    if index + 1 < len(items):
        return Edit(items[index].start, items[index + 1].start, "")
    return Edit(items[index - 1].end if index else items[index].start, items[index].end, "")


def insert_first(holder: JsonObject, text: str, source: str) -> Edit:
    """Put the member `text` (`"Version": "1"`) before the others, spaced as the first of them is."""
    at = holder.start + 1
    if not holder.members:
        return Edit(at, at, text)
    blank = source[at : holder.members[0].name_start]
    return Edit(at, at, (blank if blank.isspace() else "") + text + ",")


def wrap_in_list(value: Json) -> tuple[Edit, Edit]:
    """Put brackets around a value."""
    return Edit(value.start, value.start, "["), Edit(value.end, value.end, "]")


def wrap_in_statement(holder: JsonObject, first: str, last: str) -> tuple[Edit, Edit]:
    """Make the neighbouring members from `first` to `last` the only statement of the document around them."""
    names = [member.name for member in holder.members]
    start = holder.members[names.index(first)].name_start
    end = holder.members[names.index(last)].value.end
    return Edit(start, start, '"Statement": [{'), Edit(end, end, "}]")


def one(title: str, *edits: Edit) -> Fix:
    """A fix made of `edits`."""
    return Fix(title, tuple(edits))
