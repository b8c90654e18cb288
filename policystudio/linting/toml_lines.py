"""On which line of a TOML text something stands, as the parser of the standard library does not tell.

Only what has been parsed is looked for here, so that an unusual spelling costs at most an inexact line.
"""

from __future__ import annotations

import re
from collections import Counter

Where = tuple[str | int, ...]
"""Names and numbers that lead to a value: `("suppress", 0, "until")`."""

_HEADER = re.compile(r"\s*\[(\[?)\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*\]")
_KEY = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")
_MARKS = ('"""', "'''")


class Lines:
    """The lines of tables and keys of one text."""

    def __init__(self, text: str) -> None:
        self._found: dict[Where, int] = {}
        table: Where = ()
        tables: Counter[str] = Counter()
        inside = ""
        for number, line in enumerate(text.split("\n"), 1):
            if inside:
                inside = "" if line.count(inside) % 2 else inside
                continue
            if header := _HEADER.match(line):
                name = header.group(2)
                table = (name, tables[name]) if header.group(1) else (name,)
                tables[name] += 1
                self._found.setdefault((name,), number)
                self._found.setdefault(table, number)
            elif key := _KEY.match(line):
                self._found.setdefault((*table, key.group(1)), number)
            inside = next((mark for mark in _MARKS if line.count(mark) % 2), "")

    def line(self, where: Where) -> int:
        """The line of what `where` leads to, or of the nearest thing around it; 1 for the whole text."""
        while where and where not in self._found:
            where = where[:-1]
        return self._found.get(where, 1)
