"""What to say where a sentence stops making sense: what was expected there, and which of it is nearest by spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from policystudio.analysis.sentences.pieces import quoted
from policystudio.analysis.sentences.reading.grammar import Grammar
from policystudio.analysis.sentences.reading.problem import Choice, Fault
from policystudio.analysis.sentences.reading.reader import Flaw, Reader, Stopped
from policystudio.analysis.sentences.reading.sentence import statement
from policystudio.analysis.sentences.reading.tokens import Token, Wrong, tokens_of

MAX_CHOICES = 5
_LIKENESS, _SOMEWHAT = 0.65, 0.3
_AHEAD = 12
"""So many tokens show whether a choice fits."""
_MAX_BEFORE, _MAX_TRIED = 300, 80
# Words that stand for each other in an Allow and in a Deny.
_TWINS = (("every", "any"), ("and", "or", "nor"), ("所有", "任何"), ("和", "或"))


def not_expected(reader: Reader, grammar: Grammar, begin: int) -> Flaw:
    """The fault at the farthest place that the reader came to, in the sentence that begins at a token."""
    tokens, at = reader.tokens, reader.farthest
    rest = tokens[at:]
    start = rest[0].start if rest else tokens[-1].end
    end = rest[0].end if rest else start
    expected = [text.strip() for text in reader.expected]
    choices = [*_nearest(expected, rest)]
    takes_value = any(text.startswith("{") and text != "{known action}" for text in expected)
    if rest and takes_value and not rest[0].is_value and _is_word(rest[0]) and rest[0].text.isascii():
        choices.append(Choice(quoted(rest[0].text), start, end))
    choices += _twins(expected, rest)
    if not choices:
        choices = _fitting(reader, grammar, begin)
    if not choices and not rest and len(expected) <= MAX_CHOICES:
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


def _fitting(reader: Reader, grammar: Grammar, begin: int) -> list[Choice]:
    """The words with which most is understood, put in or in place of words that are not; the nearest come first.

    They are tried where the reader came to, and where what it needed should have begun. Where nothing follows, these
    are the words that complete the sentence. Long sentences are not tried.
    """
    places = [(reader.farthest, reader.expected)]
    if reader.needed is not None and reader.at < reader.farthest:
        places.append((reader.at, tuple(reader.needed.following)))
    tried: dict[tuple[str, ...], tuple[int, float, Choice]] = {}
    for at, expected in places:
        said = [text for text in expected if not text.strip().startswith("{")]
        if at - begin <= _MAX_BEFORE and len(said) <= _MAX_TRIED:
            for text in said:
                for becomes, fit in _tried(reader, grammar, begin, at, text):
                    tried.setdefault(becomes, fit)
    farthest = max((reach for reach, _, _ in tried.values()), default=0)
    near = sorted((each for each in tried.values() if each[0] == farthest), key=lambda each: -each[1])
    return [choice for _, _, choice in near[:MAX_CHOICES]]


def _tried(
    reader: Reader, grammar: Grammar, begin: int, at: int, text: str
) -> Iterator[tuple[tuple[str, ...], tuple[int, float, Choice]]]:
    """If the words fit at a token, what the sentence becomes, how far one gets then, and how near they are."""
    before, rest = reader.tokens[begin:at], reader.tokens[at : reader.farthest + _AHEAD]
    words = tokens_of(text)
    best = (0, 0, 0.0)
    for length in range(min(len(words) + 1, len(rest) + 1)):
        replaced = rest[:length]
        likeness = _likeness_of(words, replaced)
        if any(token.is_value for token in replaced) or (length > 1 and likeness < _SOMEWHAT):
            continue
        tried = Reader([*before, *words, *rest[length:]], reader.catalogue, grammar.words)
        more = _reached(tried, grammar) - len(before) - len(words)
        if more > 0:
            best = max(best, (at + length + more, -length, likeness))
    reach, less, likeness = best
    if reach > reader.farthest:
        becomes = tuple(token.key for token in (*before, *words, *rest[-less:]))
        yield becomes, (reach, likeness, _set_in(text, reader.tokens, at, at - less))


def _reached(reader: Reader, grammar: Grammar) -> int:
    """How many tokens are understood, and one more where a sentence may end there."""
    try:
        while not reader.is_at_end:
            statement(reader, grammar)
    except Stopped:
        return reader.farthest
    return len(reader.tokens) + 1


def _likeness_of(words: Sequence[Token], replaced: Sequence[Token]) -> float:
    """Of words to those in whose place they stand; words that only come in between are the nearest."""
    one, other = ("".join(token.key for token in each) for each in (words, replaced))
    return SequenceMatcher(None, one, other).ratio() if replaced else 1.0


def _set_in(text: str, tokens: Sequence[Token], at: int, end: int) -> Choice:
    """The words in place of some tokens, or of none, with the blanks that they need.

    A sign, or what brings its own blank, goes right behind the token before.
    """
    words, behind = text.rstrip(), tokens[at - 1].end if at else 0
    start = tokens[at].start if at < len(tokens) else behind
    if not text[0].isalnum():
        return Choice(words, behind, tokens[end - 1].end if end > at else behind)
    if end > at:
        return Choice(words, start, tokens[end - 1].end)
    return Choice(f"{words} " if words[-1].isascii() and words[-1].isalnum() else words, start, start)


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
