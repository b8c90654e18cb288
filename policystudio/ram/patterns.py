"""Wildcards: `*` stands for any number of characters, also none, and `?` for exactly one; there is no escape.

Source: ram-language, section 2. Letter case is folded for ASCII only, so that `K` (the Kelvin sign) is not a `k`.
"""

from __future__ import annotations

import re
from math import inf

from policystudio.ram.memory import remembered

_UPPER = {ord(c): ord(c) + 32 for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_RUN = re.compile(r"[*?]+")


def fold(text: str) -> str:
    """`text` with the ASCII capitals made small; every other character stays."""
    # Nearly every text is ASCII, where this is the same and much quicker.
    return text.lower() if text.isascii() else text.translate(_UPPER)


def has_wildcard(text: str) -> bool:
    return "*" in text or "?" in text


@remembered
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
    return _fits(pattern, text, inf)


def _fits(pattern: str, text: str, most_steps: float) -> bool:
    """As `matches`; False too when, beside one walk through the text, more than `most_steps` are needed."""
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
            most_steps -= t - resume
            if most_steps < 0:
                return False
            resume += 1
            p, t = star + 1, resume
        else:
            return False
    return all(char == "*" for char in pattern[p:])


def matches_action(pattern: str, action: str) -> bool:
    """Whether `action` fits `pattern` without regard to ASCII letter case. Source: ram-language, section 2."""
    return matches(fold(pattern), fold(action))


def meets(one: str, other: str) -> bool:
    """Whether some text fits both patterns. The time grows with the length of `one` times that of `other` in bits."""
    if not has_wildcard(one) or not has_wildcard(other):
        return matches(one, other) if has_wildcard(one) else matches(other, one)
    walked, beside = normal(one), normal(other)
    # The positions of `beside` that a text of `walked` so far may have reached are the bits of a number.
    end = 1 << len(beside)
    stars = sum(1 << at for at, char in enumerate(beside) if char == "*")
    reached = 1 | (1 & stars) << 1
    for char in walked:
        if char == "*":
            reached = 2 * end - (reached & -reached)
            continue
        taking = sum(1 << at for at, c in enumerate(beside) if (c != "*" and "?" in (c, char)) or c == char)
        reached = (reached & stars) | (reached & taking) << 1
        reached |= (reached & stars) << 1
        if not reached:
            return False
    return bool(reached & end)


# Stands for "any character that neither pattern names"; NUL is refused by the reader, so it occurs in no document.
_FRESH = "\0"
# After so many steps, and so many more for each character, `covers` gives up: its time is linear in the lengths, as it
# is asked of pairs of entries. Only patterns built for it, `*aaaa…b` or `*a????…`, come near.
_STEPS = 1_000
_STEPS_PER_CHARACTER = 2


def covers(wider: str, narrower: str) -> bool:
    """Whether every text that fits the pattern `narrower` also fits `wider`.

    Exact, but for hostile patterns, where it may say False for want of a proof.
    """
    if "*" not in wider and "?" not in wider:
        return wider == narrower
    most_steps = _STEPS + _STEPS_PER_CHARACTER * (len(wider) + len(narrower))
    if "?" not in wider:
        # Only a star accepts the fresh character, and a star that does would accept any text in its place.
        return _fits(wider, narrower.replace("*", _FRESH).replace("?", _FRESH), most_steps)
    return _covers_by_search(normal(wider), normal(narrower), most_steps)


def _covers_by_search(wide: str, narrow: str, most_steps: int) -> bool:
    """Looks for a text of `narrow` that `wide` refuses, walking both at once; True when there is none.

    A step is one letter tried at one position of `wide`. The positions reached are the bits of a number; a star may be
    empty, so with its position the next one is reached too, and `normal` leaves no two stars side by side.
    """
    letters = [*sorted(set(wide) - {"*", "?"}), _FRESH]
    stars = sum(1 << at for at, char in enumerate(wide) if char == "*")
    taking = {
        letter: sum(1 << at for at, char in enumerate(wide) if char in ("?", letter)) for letter in letters
    }
    any_letter = taking[_FRESH]
    start = (0, 1 | (1 & stars) << 1)
    seen = {start}
    waiting = [start]
    while waiting:
        at, states = waiting.pop()
        if at == len(narrow):
            if not states >> len(wide) & 1:
                return False
            continue
        char = narrow[at]
        tried = letters if char in "*?" else [char]
        most_steps -= len(tried) * (1 + states.bit_count())
        if most_steps < 0:
            return False
        beyond = at if char == "*" else at + 1
        for letter in tried:
            after = (states & stars) | (states & taking.get(letter, any_letter)) << 1
            state = (beyond, after | (after & stars) << 1)
            if state not in seen:
                seen.add(state)
                waiting.append(state)
        if char == "*" and (at + 1, states) not in seen:
            seen.add((at + 1, states))
            waiting.append((at + 1, states))
    return True
