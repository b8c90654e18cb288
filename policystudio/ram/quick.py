"""Reads the texts that nearly every document is: plain ASCII, objects and lists of texts, no escapes.

Whatever else comes up is left to the exact reader, which alone refuses; what both read is the same, places included.
"""

from __future__ import annotations

import re

from policystudio.ram.values import Json, JsonArray, JsonObject, JsonString, Member

_SPACE = r"[ \t\n\r]*"
_TEXT = r'"([^"\\\x00-\x1f]*)"'
_START = re.compile(_SPACE)
_NAME = re.compile(f"{_TEXT}{_SPACE}:{_SPACE}")
_ITEM = re.compile(f"{_TEXT}{_SPACE}([,\\]}}]){_SPACE}")
_AFTER = re.compile(f"{_SPACE}([,\\]}}]){_SPACE}")
_OPENING = re.compile(rf"[\[{{]{_SPACE}")


class _NotPlain(Exception):
    """Something that the exact reader has to look at."""


def quickly(text: str, max_depth: int) -> Json | None:
    """The value of a plain text; None where it is not so plain, be it right or wrong."""
    if not text.isascii():
        return None
    try:
        value, end = _value(text, _start(text), max_depth)
    except _NotPlain:
        return None
    return value if _START.fullmatch(text, end) else None


def _start(text: str) -> int:
    return _START.match(text).end()  # type: ignore[union-attr]  # matches the empty text


def _value(text: str, start: int, depth: int) -> tuple[Json, int]:
    """The object or list at `start`, which may hold `depth` levels, and where it ends."""
    opening = _OPENING.match(text, start)
    if opening is None or depth < 1:
        raise _NotPlain
    if text[start] == "{":
        return _object(text, start, opening.end(), depth)
    return _array(text, start, opening.end(), depth)


def _object(text: str, start: int, at: int, depth: int) -> tuple[Json, int]:
    members: list[Member] = []
    while True:
        name = _NAME.match(text, at)
        if name is None:
            raise _NotPlain
        value: Json
        at = name.end()
        after = _ITEM.match(text, at)
        if after is not None:
            value = JsonString(at, after.end(1) + 1, after[1])
        else:
            value, end = _value(text, at, depth - 1)
            after = _AFTER.match(text, end)
            if after is None:
                raise _NotPlain
        members.append(Member(name[1], name.start(), name.end(1) + 1, value))
        at = after.end()
        sign = after[after.lastindex or 0]
        if sign == "}":
            end = after.end(after.lastindex or 0)
            if len({member.name for member in members}) < len(members):
                raise _NotPlain
            return JsonObject(start, end, tuple(members)), end
        if sign != ",":
            raise _NotPlain


def _array(text: str, start: int, at: int, depth: int) -> tuple[Json, int]:
    items: list[Json] = []
    while True:
        after = _ITEM.match(text, at)
        if after is not None:
            items.append(JsonString(at, after.end(1) + 1, after[1]))
        else:
            value, end = _value(text, at, depth - 1)
            items.append(value)
            after = _AFTER.match(text, end)
            if after is None:
                raise _NotPlain
        at = after.end()
        sign = after[after.lastindex or 0]
        if sign == "]":
            end = after.end(after.lastindex or 0)
            return JsonArray(start, end, tuple(items)), end
        if sign != ",":
            raise _NotPlain
