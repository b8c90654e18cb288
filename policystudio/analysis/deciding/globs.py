"""Lists of patterns, compiled: names in full are looked up, prefixes asked at once, only the rest is walked through.

What a pattern means is said in `ram/patterns.py`. A pattern with stars is cut at them, and its pieces are searched in
the text from left to right, each as early as can be; no other way of placing them fits where this one does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from policystudio.ram.memory import remembered
from policystudio.ram.patterns import has_wildcard, normal

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


@remembered
def glob(pattern: str) -> Fits:
    """Whether a text fits the pattern, letter case included."""
    if not has_wildcard(pattern):
        return pattern.__eq__
    first, *middle, last = pattern.split("*") if "*" in pattern else (pattern, pattern)
    if "?" in pattern:
        return _with_gaps(first, middle, last) if "*" in pattern else _of_one_length(pattern)
    return _with_stars(first, middle, last)


def _with_stars(first: str, middle: list[str], last: str) -> Fits:
    """Pieces without `?`; the search is the interpreter's own."""
    if not first and not last and not any(middle):
        return lambda text: True
    if not last and not middle:
        return lambda text: text.startswith(first)
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


class Places:
    """Where each character stands in a text, as the bits of a number: bit `n` for the character at `n`."""

    __slots__ = ("_found", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, int] = {}

    def of(self, char: str) -> int:
        """The places of a character, looked up when first asked."""
        found = self._found.get(char)
        if found is None:
            bits = bytearray(len(self.text) // 8 + 1)
            at = self.text.find(char)
            while at >= 0:
                bits[at >> 3] |= 1 << (at & 7)
                at = self.text.find(char, at + 1)
            found = self._found[char] = int.from_bytes(bits, "little")
        return found


# The patterns of one list are asked about one text after the other.
_places = lru_cache(maxsize=16)(Places)


def _stands(piece: str, text: str, at: int) -> bool:
    """Whether the piece stands at this place of the text, which is long enough."""
    return all(char == "?" or char == text[at + distance] for distance, char in enumerate(piece))


def _search(piece: str, places: Places, at: int) -> int:
    """The end of the earliest place from `at` on where the piece stands, or -1. It may lie behind the text's.

    All places are tried at once, a letter at a time, so the time is the number of letters times that of the words that
    hold the text's length in bits, however the letters repeat.
    """
    stands = -1
    for distance, char in enumerate(piece):
        if char != "?":
            stands &= places.of(char) >> distance
            if not stands:
                return -1
    stands >>= at
    return at + (stands & -stands).bit_length() - 1 + len(piece) if stands else -1


def _of_one_length(pattern: str) -> Fits:
    """A pattern with `?` and no star."""
    return lambda text: len(text) == len(pattern) and _stands(pattern, text, 0)


def _with_gaps(first: str, middle: list[str], last: str) -> Fits:
    """Pieces with `?` in one of them."""
    least = sum(map(len, (first, last, *middle)))

    def fits(text: str) -> bool:
        end = len(text) - len(last)
        if len(text) < least or not _stands(first, text, 0) or not _stands(last, text, end):
            return False
        at, places = len(first), _places(text)
        for piece in middle:
            at = _search(piece, places, at)
            if not 0 <= at <= end:
                return False
        return True

    return fits
