"""JSON values that know their places in the text: offsets from 0, the end behind the last character."""

from __future__ import annotations

from typing import NamedTuple


class JsonString(NamedTuple):
    start: int
    end: int
    text: str


class JsonNumber(NamedTuple):
    """A number, kept digit for digit."""

    start: int
    end: int
    digits: str


class JsonLiteral(NamedTuple):
    start: int
    end: int
    value: bool | None


class JsonArray(NamedTuple):
    start: int
    end: int
    items: tuple[Json, ...]


class Member(NamedTuple):
    name: str
    name_start: int
    name_end: int
    value: Json


class JsonObject(NamedTuple):
    start: int
    end: int
    members: tuple[Member, ...]

    def get(self, name: str) -> Json | None:
        """The value called `name`; names are unique, the reader saw to that."""
        for member in self.members:
            if member.name == name:
                return member.value
        return None


Json = JsonObject | JsonArray | JsonString | JsonNumber | JsonLiteral
