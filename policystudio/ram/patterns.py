"""Wildcards: `*` stands for any number of characters, also none, and `?` for exactly one; there is no escape.

Source: ram-language, section 2. Letter case is folded for ASCII only, so that `K` (the Kelvin sign) is not a `k`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_UPPER = {ord(c): ord(c) + 32 for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_RUN = re.compile(r"[*?]+")


def fold(text: str) -> str:
    """`text` with the ASCII capitals made small; every other character stays."""
    return text.translate(_UPPER)


def has_wildcard(text: str) -> bool:
    return "*" in text or "?" in text


@lru_cache(maxsize=4096)
def normal(pattern: str) -> str:
    """The same pattern with each run of wildcards written as its `?`s followed by at most one `*`."""
    return _RUN.sub(lambda run: "?" * run.group().count("?") + ("*" if "*" in run.group() else ""), pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` fits `pattern`, letter case included.

    Two pointers and one restart position instead of a regular expression: the time is bounded by the product of the
    lengths.
    """
    if "*" not in pattern and "?" not in pattern:
        return pattern == text
    p = t = 0
    star = -1
    resume = 0
    while t < len(text):
        if p < len(pattern) and pattern[p] == "*":
            star, resume = p, t
            p += 1
        elif p < len(pattern) and pattern[p] in ("?", text[t]):
            p += 1
            t += 1
        elif star >= 0:
            resume += 1
            p, t = star + 1, resume
        else:
            return False
    return all(char == "*" for char in pattern[p:])


def matches_action(pattern: str, action: str) -> bool:
    """Whether `action` fits `pattern` without regard to ASCII letter case. Source: ram-language, section 2."""
    return matches(fold(pattern), fold(action))


# Stands for "any character that neither pattern names"; NUL is refused by the reader, so it occurs in no document.
_FRESH = "\0"
# Visited states after which `covers` gives up; only patterns built for it, `*a????…`, come near.
_COVERS_BUDGET = 5_000


def covers(wider: str, narrower: str) -> bool:
    """Whether every text that fits the pattern `narrower` also fits `wider`.

    Exact, but for hostile patterns with many `?` behind stars, where it may say False for want of a proof.
    """
    if "?" not in wider:
        # Only a star accepts the fresh character, and a star that does would accept any text in its place.
        return matches(wider, narrower.replace("*", _FRESH).replace("?", _FRESH))
    return _covers_by_search(normal(wider), normal(narrower))


def _covers_by_search(wide: str, narrow: str) -> bool:
    """Looks for a text of `narrow` that `wide` refuses, walking both at once; True when there is none."""
    letters = [*sorted(set(wide) - {"*", "?"}), _FRESH]
    start = (0, _closure(wide, frozenset({0})))
    seen = {start}
    waiting = [start]
    while waiting:
        at, states = waiting.pop()
        if at == len(narrow):
            if len(wide) not in states:
                return False
            continue
        char = narrow[at]
        steps = letters if char in "*?" else [char]
        following = [(at if char == "*" else at + 1, _step(wide, states, letter)) for letter in steps]
        if char == "*":
            following.append((at + 1, states))
        for state in following:
            if state not in seen:
                if len(seen) >= _COVERS_BUDGET:
                    return False
                seen.add(state)
                waiting.append(state)
    return True


def _closure(pattern: str, states: frozenset[int]) -> frozenset[int]:
    """The positions reachable without reading a character: a star may be empty."""
    stars = {state + 1 for state in states if state < len(pattern) and pattern[state] == "*"}
    return states | stars


def _step(pattern: str, states: frozenset[int], char: str) -> frozenset[int]:
    """The positions of `pattern` after one more character."""
    after: set[int] = set()
    for state in states:
        if state < len(pattern):
            if pattern[state] == "*":
                after.add(state)
            elif pattern[state] in ("?", char):
                after.add(state + 1)
    return _closure(pattern, frozenset(after))
