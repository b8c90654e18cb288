"""Wildcards by their definition: every way of cutting the text is tried."""

from __future__ import annotations

from functools import cache
from itertools import product


@cache
def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` fits `pattern`.

    Only a `*` goes one level deeper, so that a text may be longer than Python's stack is deep.
    """
    for index, sign in enumerate(pattern):
        if sign == "*":
            return any(matches(pattern[index + 1 :], text[start:]) for start in range(index, len(text) + 1))
        if index == len(text) or sign not in ("?", text[index]):
            return False
    return len(pattern) == len(text)


def covers(wider: str, narrower: str, alphabet: str, longest: int) -> bool:
    """Whether every text over `alphabet`, up to `longest` characters, that fits `narrower` also fits `wider`."""
    texts = (
        "".join(letters) for length in range(longest + 1) for letters in product(alphabet, repeat=length)
    )
    return all(matches(wider, text) for text in texts if matches(narrower, text))
