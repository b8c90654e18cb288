"""Compares two texts for people: rows of lines, changed words within a line, equal parts to fold.

What the change means is said elsewhere; "no change" here is equality of the texts, nothing less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"[A-Za-z0-9]+|\s|[^A-Za-z0-9\s]")
CONTEXT_LINES = 3
# Folding fewer lines than this costs a click and saves nothing.
SMALLEST_FOLD = 4
# Two lines that share less than this are shown as removed and added, without word marks.
SIMILAR = 0.4


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one of the texts, by its number there, from 1."""

    number: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side. `kind` is same, changed, removed or added."""

    kind: str
    before: Line | None
    after: Line | None


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together; equal ones far from a change are folded."""

    rows: tuple[Row, ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Diff:
    """What has changed; `added` and `removed` count lines."""

    blocks: tuple[Block, ...]
    added: int
    removed: int
    is_same: bool


def compare(before: str, after: str) -> Diff:
    """The difference of two documents, by lines that only LF ends, so that no other character can hide one."""
    old, new = _lines(before), _lines(after)
    rows = tuple(_rows(old, new))
    return Diff(
        blocks=tuple(_blocks(rows)),
        added=sum(1 for row in rows if row.kind != "same" and row.after),
        removed=sum(1 for row in rows if row.kind != "same" and row.before),
        is_same=before == after,
    )


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for offset in range(i2 - i1):
                yield Row("same", _whole(i1 + offset, old), _whole(j1 + offset, new))
            continue
        paired = min(i2 - i1, j2 - j1)
        for offset in range(paired):
            yield _changed(i1 + offset, old, j1 + offset, new)
        for index in range(i1 + paired, i2):
            yield Row("removed", _whole(index, old), None)
        for index in range(j1 + paired, j2):
            yield Row("added", None, _whole(index, new))


def _changed(i: int, old: Sequence[str], j: int, new: Sequence[str]) -> Row:
    left, right = WORD.findall(old[i]), WORD.findall(new[j])
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < SIMILAR:
        return Row("changed", _whole(i, old), _whole(j, new))
    before: list[Part] = []
    after: list[Part] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        is_changed = kind != "equal"
        if i2 > i1:
            before.append(Part("".join(left[i1:i2]), is_changed))
        if j2 > j1:
            after.append(Part("".join(right[j1:j2]), is_changed))
    return Row("changed", Line(i + 1, tuple(before)), Line(j + 1, tuple(after)))


def _whole(index: int, lines: Sequence[str]) -> Line:
    return Line(index + 1, (Part(lines[index]),))


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    changes = [index for index, row in enumerate(rows) if row.kind != "same"]
    near = {index + step for index in changes for step in range(-CONTEXT_LINES, CONTEXT_LINES + 1)}
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and (end in near) == (start in near):
            end += 1
        yield Block(tuple(rows[start:end]), is_folded=start not in near and end - start >= SMALLEST_FOLD)
        start = end
