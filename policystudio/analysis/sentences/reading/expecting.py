"""What to say where a sentence stops making sense: what was expected there, and which of it is nearest by spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from policystudio.analysis.sentences.pieces import quoted
from policystudio.analysis.sentences.reading.problem import Choice, Fault
from policystudio.analysis.sentences.reading.reader import Flaw, Reader
from policystudio.analysis.sentences.reading.tokens import Token, Wrong, tokens_of

MAX_CHOICES = 5
_LIKENESS = 0.65
# Words that stand for each other in an Allow and in a Deny.
_TWINS = (("every", "any"), ("and", "or", "nor"), ("所有", "任何"), ("和", "或"))


def not_expected(reader: Reader) -> Flaw:
    """The fault at the farthest place that the reader came to."""
    tokens, at = reader.tokens, reader.farthest
    rest = tokens[at:]
    start = rest[0].start if rest else tokens[-1].end
    end = rest[0].end if rest else start
    expected = [text.strip() for text in reader.expected]
    choices = [*_nearest(expected, rest)]
    takes_value = any(text.startswith("{") and text != "{known action}" for text in expected)
    if rest and takes_value and not rest[0].is_value and _is_word(rest[0]):
        choices.append(Choice(quoted(rest[0].text), start, end))
    choices += _twins(expected, rest)
    if not choices and len(expected) <= MAX_CHOICES:
        choices = [Choice(text, start, start) for text in reader.expected if not text.strip().startswith("{")]
    subject = rest[0].text if rest else ""
    return Flaw(Fault.EXPECTED, start, end, subject, tuple(choices), tuple(expected))


def wrong_value(token: Token, typed: str) -> Flaw:
    """The fault within the marks of a value; `typed` is all of it."""
    inner = typed[1:-1]
    if token.wrong is Wrong.OPEN:
        word = typed[1:].split(maxsplit=1)[:1]
        choices = (Choice(quoted(word[0]), token.start, token.start + 1 + len(word[0])),) if word else ()
        if typed[1:2].isspace():
            choices = ()
        return Flaw(Fault.OPEN_VALUE, token.start, token.start + 1, "", choices)
    if token.wrong is Wrong.ESCAPE:
        choice = Choice(quoted(inner), token.start, token.end)
        return Flaw(Fault.ESCAPE, token.start, token.end, inner, (choice,))
    choice = Choice(quoted(token.text), token.start, token.end)
    return Flaw(Fault.UNSEEN, token.start, token.end, "", (choice,))


def _nearest(expected: Sequence[str], rest: Sequence[Token]) -> Iterator[Choice]:
    """The wordings that look most like what stands there, word by word, in place of as many words."""
    near: list[tuple[float, str, int]] = []
    for text in expected:
        wanted = tokens_of(text) if not text.startswith("{") else ()
        pairs = list(zip(wanted, rest, strict=False))
        if pairs and len(pairs) == len(wanted):
            alike = [_likeness(one.key, other.key) for one, other in pairs]
            if min(alike) >= _LIKENESS:
                near.append((sum(alike) / len(alike), text, len(pairs)))
    for _, text, length in sorted(near, key=lambda each: (-each[0], -each[2]))[:MAX_CHOICES]:
        yield Choice(text, rest[0].start, rest[length - 1].end)


def _twins(expected: Sequence[str], rest: Sequence[Token]) -> Iterator[Choice]:
    """The word that stands here in a sentence of the other effect."""
    for twins in _TWINS:
        for word in twins:
            length = len(tokens_of(word))
            if "".join(token.key for token in rest[:length]) == word:
                for other in twins:
                    # A longer wording may begin with the word, but not a longer word.
                    if any(re.match(rf"{other}(?![a-z])", text) for text in expected):
                        yield Choice(other, rest[0].start, rest[length - 1].end)


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> float:
    """From 0 to 1. Words that differ much in length are not compared, whatever their length."""
    if one == other:
        return 1.0
    if not one or not other or not 0.5 <= len(one) / len(other) <= 2:
        return 0.0
    return SequenceMatcher(None, one, other).ratio()


def _is_word(token: Token) -> bool:
    return len(token.text) > 1 or token.text.isalnum()
