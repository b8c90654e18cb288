"""Values of a document, made and changed: the reader's own types, so that what is not touched stays digit for digit.

Places of new values are 0; only the canonical text of them is ever used.
"""

from __future__ import annotations

from collections.abc import Iterable

from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString, Member


def string(text: str) -> JsonString:
    """A text as a value."""
    return JsonString(0, 0, text)


def array(items: Iterable[Json]) -> JsonArray:
    """A list as a value."""
    return JsonArray(0, 0, tuple(items))


def texts(values: Iterable[str]) -> JsonArray:
    """A list of texts."""
    return array(string(value) for value in values)


def member(name: str, value: Json) -> Member:
    """A member of an object."""
    return Member(name, 0, 0, value)


def object_of(members: Iterable[Member]) -> JsonObject:
    """An object; the names are the caller's to keep unique."""
    return JsonObject(0, 0, tuple(members))


def with_member(holder: JsonObject, name: str, value: Json) -> JsonObject:
    """The object with `name` set: where it stood before, or at the end."""
    if holder.get(name) is None:
        return object_of((*holder.members, member(name, value)))
    return object_of(member(m.name, value) if m.name == name else m for m in holder.members)


def without_member(holder: JsonObject, name: str) -> JsonObject:
    """The object without `name`."""
    return object_of(m for m in holder.members if m.name != name)


def renamed(holder: JsonObject, old: str, new: str) -> JsonObject:
    """The object with the member `old` called `new`, in its place."""
    return object_of(member(new, m.value) if m.name == old else m for m in holder.members)


def entries(value: Json | None) -> tuple[Json, ...]:
    """What a list holds; RAM reads a single value as a list of one, and so do we. Source: ram-language, section 1."""
    if value is None:
        return ()
    return value.items if isinstance(value, JsonArray) else (value,)
