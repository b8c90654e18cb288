"""Follows a JSON Pointer into what the reader read."""

from __future__ import annotations

import re

from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import Json, JsonArray, JsonObject


def value_at(value: Json | None, path: str) -> Json | None:
    """What `path` leads to from `value`, or None when nothing is there. Source: RFC 6901, section 4."""
    for part in pointer_parts(path):
        value = _step(value, part)
    return value


def _step(value: Json | None, part: str) -> Json | None:
    if isinstance(value, JsonObject):
        return value.get(part)
    if isinstance(value, JsonArray) and re.fullmatch("0|[1-9][0-9]{0,8}", part):
        return value.items[int(part)] if int(part) < len(value.items) else None
    return None
