"""Where something stands: line and column in a text, and JSON Pointers.

Offsets count Unicode code points from 0; lines and columns count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, both from 1, the column in code points."""

    line: int
    column: int


class Source:
    """A text that can say on which line and column an offset lies; the line index is made when first asked."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    def place(self, offset: int) -> Place:
        """The place of `offset`; one past the end is the place after the last character."""
        starts = self._starts
        if starts is None:
            starts = self._starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Place(line, offset - starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place that this text has given."""
        self.place(0)
        assert self._starts is not None  # so says `place`
        return self._starts[line - 1] + column - 1

    def _line_starts(self) -> list[int]:
        # CR, LF and CRLF each end a line; other separators of Unicode do not, as editors do not count them either.
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]


def escape(part: str | int) -> str:
    """One reference token of a JSON Pointer. Source: RFC 6901, section 3."""
    return str(part).replace("~", "~0").replace("/", "~1")


def pointer(*parts: str | int) -> str:
    """The JSON Pointer made of `parts`; no parts is the whole document, the empty text."""
    return "".join("/" + escape(part) for part in parts)


def pointer_parts(path: str) -> list[str]:
    """The unescaped reference tokens of a JSON Pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
