"""A line of sentences as tokens: words, signs and values, each knowing where it stands.

Blanks count only in so far as they part words. Signs of full width are the same as those of half width, and `、` is a
comma. A value stands between backticks, also those of Chinese keyboards (`｀`, `·`); its escapes are those of
`pieces.quoted`.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from policystudio.ram.patterns import fold

SIGNS = {
    "，": ",",
    "、": ",",
    "；": ";",
    "。": ".",
    "｡": ".",
    "．": ".",
    "（": "(",
    "）": ")",
    "：": ":",
}
_MARKS = "`｀·"
_WORD = re.compile(r"[A-Za-z0-9$*?/_](?:[A-Za-z0-9_$*?{}@+=/:.<>'’-]*[A-Za-z0-9_$*?}@=/>])?")
_ESCAPE = re.compile(r"\\(?:(\\)|u\{([0-9A-Fa-f]{1,6})\})?")
_BLANKS = re.compile(r"[\s\ufeff]+")


class Wrong(Enum):
    """What is wrong within the marks of a value."""

    OPEN = auto()
    """The closing mark is missing."""
    ESCAPE = auto()
    """A backslash that is no escape, or one of a character that no document can hold."""
    UNSEEN = auto()
    """A character that cannot be seen, as itself."""


class Token(NamedTuple):
    """`key` is what wordings compare; `text` is a word or sign as typed, or what a value stands for.

    Offsets are those of the whole text, the marks of a value included.
    """

    key: str
    text: str
    start: int
    end: int
    is_value: bool
    wrong: Wrong | None = None


def tokens_of(line: str, offset: int = 0) -> tuple[Token, ...]:
    """The tokens of one line that starts at `offset`. The time grows with the length of the line."""
    found: list[Token] = []
    at = 0
    while at < len(line):
        blank = _BLANKS.match(line, at)
        if blank:
            at = blank.end()
            continue
        token = _value(line, at, offset) if line[at] in _MARKS else _word_or_sign(line, at, offset)
        found.append(token)
        at = token.end - offset
    return tuple(found)


def value_key(text: str) -> str:
    """The key of a value that is part of a wording."""
    return f"`{fold(text)}"


def _word_or_sign(line: str, at: int, offset: int) -> Token:
    word = _WORD.match(line, at)
    text = word.group() if word else line[at]
    key = SIGNS.get(text) or fold(text).replace("’", "'")
    return Token(key, text, offset + at, offset + at + len(text), False)


def _value(line: str, at: int, offset: int) -> Token:
    end = line.find(line[at], at + 1)
    if end < 0:
        return Token("`", line[at + 1 :], offset + at, offset + len(line), True, Wrong.OPEN)
    typed = line[at + 1 : end]
    text, wrong = _meant(typed)
    return Token(value_key(text), text, offset + at, offset + end + 1, True, wrong)


def _meant(typed: str) -> tuple[str, Wrong | None]:
    """The text that is written between the marks."""
    wrong = None if typed.isprintable() else Wrong.UNSEEN

    def character(match: re.Match[str]) -> str:
        nonlocal wrong
        if match[1]:
            return "\\"
        code = int(match[2], 16) if match[2] else -1
        if code < 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            wrong = Wrong.ESCAPE
            return match[0]
        return chr(code)

    return (_ESCAPE.sub(character, typed) if "\\" in typed else typed), wrong
