"""Where findings stand in a text, in the units that reports want: lines, columns, UTF-16 code units, shown columns."""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from policystudio.ram.finding import Edit, Finding

LINE_ENDS = ("\r\n", "\n", "\r")
_LINE_END = re.compile("|".join(LINE_ENDS))
_TOKEN = re.compile(r'"(?:[^"\\\r\n]|\\[^\r\n])*"?|[\w.+-]+|[^\r\n]')


@dataclass(frozen=True, slots=True)
class Region:
    """From a place up to another one, which is not part of it; lines and columns count from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The lines of one text; columns are code points unless said otherwise."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def line(self, number: int) -> str:
        """The text of a line without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def region(self, finding: Finding) -> Region:
        """The word, text or bracket that a finding points at; the first character where it names no place."""
        line = min(finding.line or 1, len(self._starts))
        column = min(finding.column or 1, len(self.line(line)) + 1)
        token = _TOKEN.match(self.text, self._starts[line - 1] + column - 1)
        return Region(line, column, line, column + (len(token.group()) if token else 0))

    def edited(self, edit: Edit) -> Region:
        """What an edit replaces."""
        (line, column), (end_line, end_column) = self._place(edit.start), self._place(edit.end)
        return Region(line, column, end_line, end_column)

    def in_utf16(self, region: Region) -> Region:
        """The region with columns in UTF-16 code units."""
        return Region(
            region.line,
            self._utf16(region.line, region.column),
            region.end_line,
            self._utf16(region.end_line, region.end_column),
        )

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def _utf16(self, line: int, column: int) -> int:
        start = self._starts[line - 1]
        before = self.text[start : start + column - 1]
        return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1


def printable(text: str) -> str:
    """`text` safe to show on one line of a terminal: what is not printable is written as an escape."""
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def shown_path(path: str) -> str:
    """A path safe to show, in UTF-8 whatever the machine takes names for."""
    return printable(os.fsencode(path).decode("utf-8", "surrogateescape"))


def as_blanks(text: str) -> str:
    """`text` with one character a column: blanks for tabs, a dot for what cannot be shown."""
    return "".join(char if char.isprintable() else " " if char == "\t" else "·" for char in text)


def width(text: str) -> int:
    """How many columns of a terminal the text takes. Source: Unicode Standard Annex 11."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"  # a byte of a file name that is not UTF-8
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
