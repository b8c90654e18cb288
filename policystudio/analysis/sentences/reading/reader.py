"""Walks over the tokens of one line, and remembers what would have been understood where it got farthest.

What a sentence may hold is left to the modules that ask; they go back by setting `at`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

from policystudio.analysis.sentences.reading.problem import Choice, Fault
from policystudio.analysis.sentences.reading.tokens import Token, Wrong, value_key
from policystudio.analysis.sentences.reading.wordings import Node
from policystudio.catalog.model import Catalogue
from policystudio.ram.patterns import fold

K = TypeVar("K")


class Found(NamedTuple, Generic[K]):
    """A wording that stands in the text: its meaning, its values in order, and its offsets."""

    meaning: K
    values: tuple[tuple[str, Token], ...]
    """Each with the name of its blank."""
    start: int
    end: int

    def value(self, *blanks: str) -> Token:
        """The value of the first of these blanks that the wording has."""
        return next(token for name, token in self.values if name in blanks)

    @property
    def first(self) -> Token:
        return self.values[0][1]


class Stopped(Exception):
    """The sentence cannot be read beyond the farthest place."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem of meaning: the words were understood, but not what they are to say.

    `is_open` tells that the text ended there, so that more words might still heal it.
    """

    fault: Fault
    start: int
    end: int
    subject: str = ""
    choices: tuple[Choice, ...] = ()
    expected: tuple[str, ...] = ()
    is_open: bool = False


class Reader:
    """Over one line. `words` are the grammar's own words, which are values only between backticks."""

    def __init__(self, tokens: Sequence[Token], catalogue: Catalogue, words: frozenset[str]) -> None:
        self.tokens = tokens
        self.catalogue = catalogue
        self.at = 0
        self.farthest = 0
        self.flaws: list[Flaw] = []
        self.needed: Node[Any] | None = None
        """What the sentence stopped for, at `at`."""
        self._words = words
        self._expected: list[Node[Any]] = []

    @property
    def expected(self) -> tuple[str, ...]:
        """What may stand at the farthest place: words as said, and blanks such as `{region}`."""
        return tuple(dict.fromkeys(text for node in self._expected for text in node.following))

    @property
    def is_at_end(self) -> bool:
        return self.at >= len(self.tokens)

    @property
    def here(self) -> int:
        """The offset where the next token starts, or the last one ended."""
        if self.at < len(self.tokens):
            return self.tokens[self.at].start
        return self.tokens[-1].end if self.tokens else 0

    @property
    def behind(self) -> int:
        """The offset where the last taken token ended."""
        return self.tokens[self.at - 1].end if self.at else self.here

    def take(self, node: Node[K]) -> Found[K] | None:
        """The longest of the wordings that stands here, taken; or None, and nothing is taken."""
        best = self._longest(node, self.at, ())
        if best is None:
            return None
        start, (self.at, meaning, values) = self.here, best
        return Found(meaning, values, start, self.behind)

    def need(self, node: Node[K]) -> Found[K]:
        """As `take`. Raises: Stopped when none stands here."""
        found = self.take(node)
        if found is None:
            self.needed = node
            self.stop()
        return found

    def skip(self, node: Node[K]) -> bool:
        """As `take`, of what may stand here but is not expected."""
        kept = self.farthest, list(self._expected)
        is_here = self.take(node) is not None
        self.farthest, self._expected = kept
        return is_here

    def stop(self) -> NoReturn:
        raise Stopped

    def flaw(
        self,
        fault: Fault,
        start: int,
        end: int,
        subject: str = "",
        *choices: str | Choice,
        expected: tuple[str, ...] = (),
    ) -> None:
        """Note a problem; choices that are texts stand for what is from `start` to `end`."""
        made = tuple(
            Choice(each, start, end) if isinstance(each, str) else each for each in dict.fromkeys(choices)
        )
        is_open = self.farthest == len(self.tokens)
        self.flaws.append(Flaw(fault, start, end, subject, made, expected, is_open))

    def _longest(
        self, node: Node[K], at: int, values: tuple[tuple[str, Token], ...]
    ) -> tuple[int, K, tuple[tuple[str, Token], ...]] | None:
        found = None
        if at < len(self.tokens):
            token = self.tokens[at]
            after = node.words.get(token.key)
            if after is None and not token.is_value:
                after = node.words.get(value_key(token.text))
            if after is not None:
                found = self._longest(after, at + 1, values)
            for name, blank in node.blanks.items():
                if found is None and self._is_value(token, name):
                    found = self._longest(blank, at + 1, (*values, (name, token)))
        if found is not None:
            return found
        self._expect(node, at)
        return (at, node.ends[0], values) if node.ends else None

    def _is_value(self, token: Token, blank: str) -> bool:
        """A word that is none of the grammar's needs no backticks."""
        if token.is_value:
            return token.wrong is None
        # Without a colon it is rather the slip of a pen in what is said for an action.
        if blank == "known action" and ":" not in token.text:
            return False
        return token.text[0] in _STARTS and fold(token.text) not in self._words

    def _expect(self, node: Node[Any], at: int) -> None:
        if at > self.farthest:
            self.farthest, self._expected = at, []
        if at == self.farthest and not any(node is each for each in self._expected):
            self._expected.append(node)


_STARTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$*?/_")
FAULTS = {Wrong.OPEN: Fault.OPEN_VALUE, Wrong.ESCAPE: Fault.ESCAPE, Wrong.UNSEEN: Fault.UNSEEN}
