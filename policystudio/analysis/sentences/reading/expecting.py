"""What to say where a sentence stops making sense: what was expected there, and which of it is nearest by spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from policystudio.analysis.sentences.pieces import quoted
from policystudio.analysis.sentences.reading.problem import Choice, Fault
from policystudio.analysis.sentences.reading.reader import Flaw, Reader
from policystudio.analysis.sentences.reading.tokens import Token, Wrong, tokens_of
from policystudio.ram.memory import MAX_CHARACTERS
from policystudio.ram.patterns import fold

MAX_CHOICES = 5
MAX_EXPECTED = 6
_LIKENESS = 0.7


def not_expected(reader: Reader) -> Flaw:
    """The fault at the farthest place that the reader came to."""
    tokens, at = reader.tokens, reader.farthest
    rest = tokens[at:]
    start = rest[0].start if rest else tokens[-1].end
    end = rest[0].end if rest else start
    expected = [text.strip() for text in reader.expected]
    choices = [*_nearest(expected, rest)]
    if rest and any(text.startswith("{") for text in expected) and not rest[0].is_value and _is_word(rest[0]):
        choices.append(Choice(quoted(rest[0].text), start, end))
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
    """The wordings that look most like what stands there, in place of as many words."""
    near: list[tuple[str, int]] = []
    by_length: dict[int, dict[str, str]] = {}
    for text in expected:
        if not text.startswith("{"):
            by_length.setdefault(len(tokens_of(text)), {})[fold(text)] = text
    for length, texts in by_length.items():
        words = rest[:length]
        if not words or words[-1].end - words[0].start > MAX_CHARACTERS:
            continue
        typed = fold(" ".join(token.text for token in words))
        near += [(texts[each], length) for each in get_close_matches(typed, texts, MAX_CHOICES, _LIKENESS)]
    for text, length in sorted(near, key=lambda each: -each[1])[:MAX_CHOICES]:
        words = rest[:length]
        yield Choice(text, words[0].start, words[-1].end)


def _is_word(token: Token) -> bool:
    return len(token.text) > 1 or token.text.isalnum()
