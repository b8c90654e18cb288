"""What a key must be on a line of a comparison, in the words that conditions of statements have."""

from __future__ import annotations

from typing import NamedTuple

from policystudio.analysis.comparing import Limit
from policystudio.analysis.sentences.chinese import conditions as chinese
from policystudio.analysis.sentences.describe import Language, condition_text
from policystudio.analysis.sentences.english import conditions as english
from policystudio.analysis.sentences.pieces import quoted
from policystudio.ram.document import Condition, Text


class _Words(NamedTuple):
    both: str
    absent: str
    """Ends a condition that holds without its key too."""
    not_sent: str
    sent: str
    and_sent: str


_WORDS = {
    Language.ENGLISH: _Words(
        " and ",
        english.ABSENT,
        "the request does not carry {}",
        "the request carries {}",
        " (and the request carries {})",
    ),
    Language.CHINESE: _Words("，并且", chinese.ABSENT, "请求不携带 {}", "请求携带 {}", "（并且请求携带 {}）"),
}


def limit_text(limit: Limit, language: Language = Language.ENGLISH) -> str:
    """The limit as a clause that can follow "if"."""
    words = _WORDS[language]
    if limit.present is None:
        return words.not_sent.format(quoted(limit.key))
    if not limit.present:
        return words.sent.format(quoted(limit.key))
    tests = [
        condition_text(_condition(test.operator, limit.key, test.values), language) for test in limit.present
    ]
    are_negated = [text.endswith(words.absent) for text in tests]
    said = words.both.join(text.removesuffix(words.absent) for text in tests)
    if limit.missing:
        return said + words.absent
    # A test that is not negated says by itself that the key is there.
    return said + words.and_sent.format(quoted(limit.key)) if all(are_negated) else said


def _condition(operator: str, key: str, values: tuple[str, ...]) -> Condition:
    texts = tuple(_text(value) for value in values)
    return Condition(_text(operator), _text(key), texts, "", is_list=len(texts) != 1)


def _text(text: str) -> Text:
    return Text(text, "", 0, 0)
