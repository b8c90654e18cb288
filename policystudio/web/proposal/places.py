"""Finds places of one revision's text in another: values by JSON Pointer, lines by what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from policystudio.ram.locate import value_at
from policystudio.ram.position import Source
from policystudio.ram.reader import read


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a text: its first line, from 1, and the text itself."""

    line: int
    text: str


def at_pointer(text: str, path: str) -> Place | None:
    """What the pointer leads to, or None when nothing is there or the text cannot be read."""
    reading = read(text)
    value = value_at(reading.value, path)
    if value is None:
        return None
    return Place(reading.source.place(value.start).line, _dedented(text, value.start, value.end))


def at_line(text: str, line: int) -> Place | None:
    """The line, or None behind the end."""
    lines = text.split("\n")
    return Place(line, lines[line - 1].strip()) if 1 <= line <= len(lines) else None


def moved_line(before: str, after: str, line: int) -> int | None:
    """The number in `after` of a line of `before`, or None when it was changed or taken out."""
    matcher = SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.a <= line - 1 < block.a + block.size:
            return block.b + line - block.a
    return None


def _dedented(text: str, start: int, end: int) -> str:
    """The piece without the indentation that it has where it stands."""
    line = text.split("\n")[Source(text).place(start).line - 1]
    indent = len(line) - len(line.lstrip(" "))
    return text[start:end].replace("\n" + " " * indent, "\n")
