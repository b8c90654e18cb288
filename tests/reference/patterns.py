"""Wildcards by their definition: every way of cutting the text is tried."""

from __future__ import annotations

from functools import cache
from itertools import product


@cache
def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` fits `pattern`."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(matches(pattern[1:], text[index:]) for index in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and matches(pattern[1:], text[1:])


def covers(wider: str, narrower: str, alphabet: str, longest: int) -> bool:
    """Whether every text over `alphabet`, up to `longest` characters, that fits `narrower` also fits `wider`."""
    texts = (
        "".join(letters) for length in range(longest + 1) for letters in product(alphabet, repeat=length)
    )
    return all(matches(wider, text) for text in texts if matches(narrower, text))
