"""Finds the JSON in a text: objects and lists with their places, and the text between them. Never raises.

Decision: lenient, unlike the reader of documents, as this text is evidence and no policy: the last value of a name that
stands twice counts, and numbers stay the digits that were written. The work is linear: what is spent on beginnings that
turn out to be no JSON is counted, and when that is used up the rest is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any, NamedTuple

_OPENING = re.compile(r"[\[{]")
_SPACE = re.compile(r"[ \t\n\r]*")
# What may follow the bracket that opens JSON; a bracket of prose, such as `[ERROR]`, is passed over without an attempt.
_LIKELY = re.compile(r'\{\s*["}]|\[\s*["{\[\]]')
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
# What tells where JSON stands: texts, also one that the end of the text breaks off, and the signs between them.
_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
_CLOSING = {"[": "]", "{": "}"}
_DEEPEST = 32
"""Brackets that are closed where a text breaks off; no record of a request is nested so deep."""
_WINDOW = 4096
_LONGEST_WORD = 16
_ATTEMPT = 30
_TOO_DEEP = 20_000
_FACTOR = 3
_SPARE = 100_000


class Piece(NamedTuple):
    """`value` is a dict or a list, or None for plain text."""

    start: int
    end: int
    value: Any


def pieces(text: str) -> Iterator[Piece]:
    """The text in pieces that together are the whole of it, but for blanks around JSON."""
    budget = _FACTOR * len(text) + _SPARE
    done = at = 0
    while budget > 0 and (opening := _OPENING.search(text, at)) is not None:
        start = opening.start()
        if _LIKELY.match(text, start) is None:
            at = start + 1
            continue
        value, end, spent = _value(text, start)
        if value is None:
            budget -= spent
            at = start + 1
            continue
        if done < start:
            yield Piece(done, start, None)
        yield Piece(start, end, value)
        done = at = end
    if done < len(text):
        yield Piece(done, len(text), None)


def _value(text: str, start: int) -> tuple[Any, int, int]:
    """The value that begins at `start` and its end; else None, 0 and what looking for one has cost.

    Looks at a window that grows, as telling where a fault is costs as much as the text before it is long.
    """
    size = _WINDOW
    while True:
        window = text[start : start + size]
        try:
            value, end = _DECODER.raw_decode(window)
        except JSONDecodeError as fault:
            is_open = fault.msg.startswith("Unterminated") or fault.pos > size - _LONGEST_WORD
            if not is_open or len(window) < size:
                return None, 0, _ATTEMPT + (len(window) if is_open else fault.pos)
            size *= 4
        except RecursionError:
            return None, 0, _TOO_DEEP
        else:
            return value, start + end, 0


def ended(text: str) -> Iterator[str]:
    """The text with an end to its first JSON, where that breaks off: as it stands, and from its last whole value.

    Nothing where no bracket stands open at the end of the text.
    """
    first = next(
        (each.start() for each in _OPENING.finditer(text) if _LIKELY.match(text, each.start())), None
    )
    if first is None:
        return
    closing: list[str] = []
    whole, behind = first, ""
    for token in _TOKEN.finditer(text, first):
        sign = token.group()
        if sign in _CLOSING:
            closing.append(_CLOSING[sign])
        elif closing and sign == closing[-1]:
            closing.pop()
        elif sign in "]}":
            return
        if len(closing) > _DEEPEST or sign[0] == '"':
            continue
        whole = token.start() if sign == "," else token.end()
        behind = "".join(reversed(closing))
    if 0 < len(closing) <= _DEEPEST:
        yield text + "".join(reversed(closing))
        yield text[:whole] + behind


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    assert found is not None  # it matches the empty text
    return found.end()


def items(text: str, start: int) -> Iterator[Piece]:
    """The values of the list that begins at `start`, each with its place; the list must have been decoded before."""
    at = _after_space(text, start + 1)
    while text[at] != "]":
        value, end = _DECODER.raw_decode(text, at)
        yield Piece(at, end, value)
        at = _behind(text, end)


def member(text: str, start: int, name: str) -> int:
    """Where the last value called `name` begins in the object at `start`, which must have been decoded before."""
    found = start
    at = _after_space(text, start + 1)
    while text[at] != "}":
        key, end = _DECODER.raw_decode(text, at)
        colon = text.index(":", end)
        at = _after_space(text, colon + 1)
        if key == name:
            found = at
        _value_there, end = _DECODER.raw_decode(text, at)
        at = _behind(text, end)
    return found


def _behind(text: str, end: int) -> int:
    """Where the next value begins, or the closing bracket stands."""
    at = _after_space(text, end)
    return _after_space(text, at + 1) if text[at] == "," else at


def decoded(text: str) -> Any:
    """The value that a whole text writes as JSON, or None."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        value, end = _DECODER.raw_decode(text, len(text) - len(text.lstrip()))
    except (JSONDecodeError, RecursionError):
        return None
    return value if not text[end:].strip() else None
