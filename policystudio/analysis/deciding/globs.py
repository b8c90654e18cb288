"""Lists of patterns, compiled: names in full are looked up, prefixes asked at once, only the rest is walked through.

What a pattern means is said in `ram/patterns.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from policystudio.ram.patterns import has_wildcard, matches, normal

Fits = Callable[[str], bool]


def any_glob(patterns: Iterable[str]) -> Fits:
    """Whether a text fits one of the patterns, letter case included."""
    exact, prefixes, others = set(), set(), []
    for pattern in dict.fromkeys(map(normal, patterns)):
        if not has_wildcard(pattern):
            exact.add(pattern)
        elif pattern.endswith("*") and not has_wildcard(pattern[:-1]):
            prefixes.add(pattern[:-1])
        else:
            others.append(glob(pattern))
    starts = tuple(prefixes)
    if not prefixes and not others:
        return exact.__contains__
    if not others:
        return lambda text: text.startswith(starts) or text in exact
    return lambda text: text.startswith(starts) or text in exact or any(fits(text) for fits in others)


def glob(pattern: str) -> Fits:
    """Whether a text fits the pattern: pieces between stars are searched one after the other, each as early as can be.

    Linear, as the search is the interpreter's own; a pattern with `?` is walked through as `ram/patterns.py` does.
    """
    if "?" in pattern:
        return lambda text: matches(pattern, text)
    first, *middle, last = pattern.split("*")
    least = sum(map(len, (first, last, *middle)))

    def fits(text: str) -> bool:
        if len(text) < least or not text.startswith(first) or not text.endswith(last):
            return False
        at, end = len(first), len(text) - len(last)
        for piece in middle:
            at = text.find(piece, at, end)
            if at < 0:
                return False
            at += len(piece)
        return True

    return fits
