"""Patterns of file names as the configuration uses them.

Decision: `*` and `?` stay within one folder, `**` spans folders; a pattern without `/` speaks of the file's own name in
any folder, as in `.gitignore`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"\*\*/|/\*\*$|\*+|\?|[^*?]")
_FOLDERS, _IN_FOLDER, _LONG, _SHORT, _ONE, _ANY = "folders", "in folder", "long", "short", "one", "any"
_STEPS = {
    "**/": (_FOLDERS, _IN_FOLDER),  # both together: any number of folders, none of them without a name
    "/**": ("/", _ANY, _LONG),
    "*": (_SHORT,),
    "**": (_LONG,),
    "?": (_ONE,),
}
_MOST_KEPT = 10_000


def fits(pattern: str, path: str) -> bool:
    """Whether the path, relative and with `/` between folders, is one that the pattern speaks of.

    The time is bounded by the product of the lengths, whatever the pattern.
    """
    return _compiled(pattern).fits(path)


def names(pattern: str, path: str) -> bool:
    """Whether the pattern is this path itself, without a wildcard."""
    return pattern.removeprefix("/") == path and "*" not in pattern and "?" not in pattern


class _Pattern:
    """Follows all ways through a pattern at once, and keeps what a character leads to: no way is tried twice."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        self._steps = steps
        self._start = self._closed({0})
        self._known: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def fits(self, path: str) -> bool:
        states = self._start
        for char in path:
            known = self._known.get((states, char))
            if known is None:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                known = self._known[states, char] = self._closed(self._after(states, char))
            states = known
            if not states:
                return False
        return len(self._steps) in states

    def _after(self, states: frozenset[int], char: str) -> set[int]:
        """The places in the pattern after one more character."""
        after = set()
        for state in states - {len(self._steps)}:
            step = self._steps[state]
            if step == _LONG or (step in (_SHORT, _IN_FOLDER) and char != "/"):
                after.add(state)
            elif step == _IN_FOLDER:
                after.add(state - 1)
            elif step in (char, _ANY) or (step in (_ONE, _FOLDERS) and char != "/"):
                after.add(state + 1)
        return after

    def _closed(self, states: set[int]) -> frozenset[int]:
        """With the places that are reached without a character, as what stands for many may stand for none."""
        waiting, found = list(states), set(states)
        while waiting:
            state = waiting.pop()
            step = self._steps[state] if state < len(self._steps) else ""
            reached = state + (2 if step == _FOLDERS else 1)
            if step in (_FOLDERS, _LONG, _SHORT) and reached not in found:
                found.add(reached)
                waiting.append(reached)
        return frozenset(found)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> _Pattern:
    whole = pattern.removeprefix("/") if "/" in pattern else f"**/{pattern}"
    return _Pattern(tuple(step for piece in _PIECE.findall(whole) for step in _meaning(piece)))


def _meaning(piece: str) -> tuple[str, ...]:
    if piece.startswith("*") and "/" not in piece:
        return _STEPS[piece[:2]]
    return _STEPS.get(piece, (piece,))
