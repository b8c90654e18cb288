"""Questions about texts, and which texts there are: an action has one colon, a region none, a value of a key any.

Source: analysis design, sections 1 and 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from policystudio.ram.patterns import fold, matches

_READABLE = "xzqjkvwyhgufbmpdlcrnoistae0123456789"


class Asked(NamedTuple):
    """One question about a text: `kind` is `exact`, `like` (a pattern in normal form) or `fold` (ASCII case aside)."""

    kind: str
    text: str

    def holds(self, text: str) -> bool:
        if self.kind == "like":
            return matches(self.text, text)
        return self.text == (text if self.kind == "exact" else fold(text))


class Domain(NamedTuple):
    """Which texts there are: `colons` is how many there may be (None: any); with one, both its sides are non-empty."""

    name: str
    colons: int | None = None
    may_be_empty: bool = True

    def admits(self, text: str) -> bool:
        if self.colons == 1:
            code, colon, name = text.partition(":")
            return bool(code and colon and name) and ":" not in name
        return (self.may_be_empty or bool(text)) and (self.colons is None or ":" not in text)

    def finish(self, prefix: str, fresh: str) -> str | None:
        """A text that begins with `prefix` and goes on with a character that no test names, or None."""
        if self.colons is None or (self.colons == 0 and ":" not in prefix):
            return prefix + fresh
        if self.colons == 0 or prefix.startswith(":") or prefix.count(":") > 1:
            return None
        return prefix + fresh if ":" in prefix else f"{prefix}{fresh}:{fresh}"


def pattern_test(pattern: str) -> Asked:
    """The test for a pattern in normal form."""
    return Asked("like" if "*" in pattern or "?" in pattern else "exact", pattern)


def fresh_character(tests: Iterable[Asked]) -> str:
    """A character that no test names, nor its twin of the other case; readable if any of these is left."""
    used = {character for test in tests for character in fold(test.text)} | {":"}
    for character in _READABLE:
        if character not in used:
            return character
    code = 0x4E00
    while chr(code) in used:
        code += 1
    return chr(code)
