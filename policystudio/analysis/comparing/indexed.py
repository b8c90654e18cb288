"""Finds among many patterns those that may cover or meet another, without trying each of them.

What stands before the first wildcard decides most of it: a pattern covers another only if its own start is the start of
the other's, and what has no wildcard at all is looked up. Thousands of names are compared in one go so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
Tick = Callable[[], object]
"""Called in loops over pairs of patterns; may raise when there is no time left."""


class Ways(NamedTuple, Generic[T]):
    """How patterns of one kind are looked at. `text` is that by which one is found, `is_plain` tells whether it fits
    nothing but itself, and those that are the `same` fit the same.
    """

    text: Callable[[T], str]
    is_plain: Callable[[T], bool]
    same: Callable[[T], Hashable]
    covers: Callable[[T, T], bool]
    meets: Callable[[T, T], bool]


class Index(Generic[T]):
    """The patterns of one list."""

    def __init__(self, patterns: Iterable[T], ways: Ways[T]) -> None:
        self._ways = ways
        self._plain: dict[Hashable, T] = {}
        self._wild: dict[str, list[T]] = defaultdict(list)
        for each in patterns:
            if ways.is_plain(each):
                self._plain[ways.same(each)] = each
            else:
                self._wild[_start(ways.text(each))].append(each)
        self._lengths = sorted({len(start) for start in self._wild})

    def covers(self, pattern: T, tick: Tick) -> bool:
        """Whether one of them covers the pattern."""
        tick()
        if self._ways.same(pattern) in self._plain:
            return True
        return any(self._ways.covers(each, pattern) for each in self._starting(self._ways.text(pattern)))

    def meets(self, other: Index[T], tick: Tick) -> bool:
        """Whether some two of both lists may meet."""
        if not self._plain.keys().isdisjoint(other._plain):
            return True
        return (
            other._meets_plain(self._plain.values(), tick)
            or self._meets_plain(other._plain.values(), tick)
            or any(self._meets_wild(each, tick) for those in other._wild.values() for each in those)
        )

    def _meets_plain(self, others: Iterable[T], tick: Tick) -> bool:
        for other in others:
            tick()
            if any(self._ways.meets(each, other) for each in self._starting(self._ways.text(other))):
                return True
        return False

    def _meets_wild(self, other: T, tick: Tick) -> bool:
        tick()
        return any(self._ways.meets(each, other) for those in self._wild.values() for each in those)

    def _starting(self, text: str) -> Iterator[T]:
        """Those with a wildcard whose start is a start of the text's."""
        start = _start(text)
        for length in self._lengths:
            if length > len(start):
                return
            yield from self._wild.get(start[:length], ())


def _start(text: str) -> str:
    """What stands before the first wildcard."""
    return text[: min((at for at in (text.find("*"), text.find("?")) if at >= 0), default=len(text))]
