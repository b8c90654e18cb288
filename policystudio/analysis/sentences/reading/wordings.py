"""Wordings, the fixed texts of a grammar with blanks for values, as a tree that the longest one is found in.

Made of the same tables that sentences are said with, so that saying and reading cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from policystudio.analysis.sentences.reading.tokens import tokens_of

K = TypeVar("K")

_BLANK = re.compile(r"\{([a-z ]+)\}")


@dataclass(slots=True, eq=False)
class Node(Generic[K]):
    """A place within wordings: which words and blanks may follow, and what ends here."""

    words: dict[str, Node[K]] = field(default_factory=dict)
    blanks: dict[str, Node[K]] = field(default_factory=dict)
    ends: list[K] = field(default_factory=list)
    """What the wording that ends here means; at most one."""
    following: dict[str, None] = field(default_factory=dict)
    """What may stand after this place, as said, up to the next blank; a blank itself is `{what}`."""


def wordings(table: Mapping[str, K] | Iterable[tuple[str, K]], also: Iterable[tuple[str, K]] = ()) -> Node[K]:
    """The tree of wordings; of two with the same words the first counts. A blank is written `{what it is}`.

    What stands in `also` is understood, but nobody is told to write it.
    """
    root: Node[K] = Node()
    said = table.items() if isinstance(table, Mapping) else table
    for is_said, (wording, meaning) in [*((True, each) for each in said), *((False, each) for each in also)]:
        node = root
        for key, blank, rest in _steps(wording):
            if is_said:
                node.following[rest] = None
            node = node.blanks.setdefault(blank, Node()) if blank else node.words.setdefault(key, Node())
        if not node.ends:
            node.ends.append(meaning)
    return root


def words_in(node: Node[K]) -> Iterator[str]:
    """Every word and sign that the wordings are made of."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield from each.words
        waiting += [*each.words.values(), *each.blanks.values()]


def _steps(wording: str) -> Iterator[tuple[str, str, str]]:
    """Key, blank and what is said from here on, for each token of the wording."""
    at = 0
    pieces = []
    for match in _BLANK.finditer(wording):
        pieces += [(wording[at : match.start()], at), (match.group(), match.start())]
        at = match.end()
    pieces.append((wording[at:], at))
    last = 0
    for piece, start in pieces:
        if _BLANK.fullmatch(piece):
            yield "", piece[1:-1], piece
            last = start + len(piece)
            continue
        for token in tokens_of(piece, start):
            yield token.key, "", wording[last : start + len(piece)]
            last = token.end
