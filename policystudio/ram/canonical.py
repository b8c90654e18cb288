"""The one text form of a document, and its SHA-256: what is stored, reviewed, hashed and exported are these bytes.

The only place that writes the JSON of a document. Key order is the author's; formatting is ours: two spaces, LF, a
final newline, every character as itself except where JSON demands an escape.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from policystudio.ram.reader import Json, JsonArray, JsonLiteral, JsonNumber, JsonObject, JsonString

quoted = json.encoder.encode_basestring
"""A text as a JSON string, every character as itself except where JSON demands an escape."""


def canonical(value: Json) -> str:
    """The canonical text of a value that was read."""
    pieces: list[str] = []
    _write(value, "\n", pieces)
    pieces.append("\n")
    return "".join(pieces)


def compact(value: Json) -> str:
    """The value without any blank; what counts for RAM's limit on length."""
    match value:
        case JsonObject():
            return "{" + ",".join(f"{quoted(m.name)}:{compact(m.value)}" for m in value.members) + "}"
        case JsonArray():
            return "[" + ",".join(map(compact, value.items)) + "]"
        case _:
            return _scalar(value)


def text_of(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """The canonical text of plain Python values (dict, list, str, int, bool, None), as builders give them."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def sha256(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _write(value: Json, newline: str, pieces: list[str]) -> None:
    inner = newline + "  "
    match value:
        case JsonObject() if value.members:
            separator = "{" + inner
            for member in value.members:
                pieces += (separator, quoted(member.name), ": ")
                _write(member.value, inner, pieces)
                separator = "," + inner
            pieces += (newline, "}")
        case JsonArray() if value.items:
            separator = "[" + inner
            for item in value.items:
                pieces.append(separator)
                _write(item, inner, pieces)
                separator = "," + inner
            pieces += (newline, "]")
        case JsonObject():
            pieces.append("{}")
        case JsonArray():
            pieces.append("[]")
        case _:
            pieces.append(_scalar(value))


def _scalar(value: Json) -> str:
    match value:
        case JsonString():
            return quoted(value.text)
        case JsonNumber():
            return value.digits
        case JsonLiteral():
            return {True: "true", False: "false", None: "null"}[value.value]
    raise AssertionError("lists and objects are written by the callers")
