"""Cuts a text into the JSON values that stand in it one after another, or among the words of a page.

Brackets are counted outside strings, so a value may have faults of its own as long as they close.
"""

from __future__ import annotations

import re

from policystudio.ram.unpacking.found import MAX_DOCUMENTS

_FENCES = ("```", "~~~")
_BETWEEN = re.compile(r"(?:[\s,;\u00a0\ufeff]|^-{3,}[ \t]*$)*", re.MULTILINE)
_NEXT = re.compile(r'["\[\]{}]')
_STATEMENT = re.compile(r"\bStatement\b")
_QUOTE_OR_ESCAPE = re.compile(r'["\\]')


def split(text: str) -> list[tuple[int, int]]:
    """Start and end of each value, when there are at least two; otherwise nothing. One pass over the text.

    Between values may stand blanks, commas, semicolons and lines of dashes; with anything else the text is not cut.
    """
    pieces: list[tuple[int, int]] = []
    position = _skip(text, 0)
    while position < len(text):
        end = _end_of_value(text, position)
        if end is None or len(pieces) > MAX_DOCUMENTS:
            return []
        pieces.append((position, end))
        position = _skip(text, end)
    return pieces if len(pieces) > 1 else []


def among_words(text: str) -> list[tuple[int, int]]:
    """Start and end of each object with a `Statement` in a text that holds other words too. One pass over the text."""
    pieces: list[tuple[int, int]] = []
    position = text.find("{")
    while position >= 0 and len(pieces) <= MAX_DOCUMENTS:
        end = _end_of_value(text, position)
        if end is None:
            # It never closes: what follows belongs to it, as far as anybody can tell.
            end = len(text)
        if _STATEMENT.search(text, position, end):
            pieces.append((position, end))
        position = text.find("{", end)
    around = text if not pieces else text[: pieces[0][0]] + text[pieces[-1][1] :]
    # A bracket or a sign too many is a fault of the document, which its reader names.
    return pieces if len(pieces) > 1 or any(map(str.isalnum, around)) else []


def line_before(text: str, position: int) -> str:
    """The last line with words before a place, at most so long that it may be shown."""
    lines = text[max(0, position - 2000) : position].split("\n")
    # What opens a block of code in Markdown has letters, but tells nothing of the document.
    words = (line for line in lines if any(map(str.isalnum, line)) and not line.lstrip().startswith(_FENCES))
    return next((line.strip()[:120] for line in reversed(list(words))), "")


def _skip(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    assert found is not None  # the pattern matches the empty text
    return found.end()


def _end_of_value(text: str, start: int) -> int | None:
    """Behind the bracket that closes the one at `start`, or None when there is none."""
    if text[start] not in "{[":
        return None
    depth, position = 0, start
    while True:
        found = _NEXT.search(text, position)
        if found is None:
            return None
        sign, position = found.group(), found.end()
        if sign == '"':
            behind = _end_of_string(text, position)
            if behind is None:
                return None
            position = behind
        elif sign in "{[":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return position


def _end_of_string(text: str, position: int) -> int | None:
    while True:
        found = _QUOTE_OR_ESCAPE.search(text, position)
        if found is None:
            return None
        if found.group() == '"':
            return found.end()
        position = found.end() + 1
