"""What keeps a sentence from being read: where, what was expected there, and what may stand in its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong; the words are in `texts.py`."""

    EXPECTED = "expected"
    """Something else should stand here."""
    OPEN_VALUE = "open-value"
    ESCAPE = "escape"
    UNSEEN = "unseen-character"
    UNKNOWN_ACTION = "unknown-action"
    NOT_OF_TEAM = "not-of-team"
    PATTERN = "pattern"
    """A wildcard where the words speak of one name or text."""
    WILDCARD = "wildcard"
    """A wildcard in a value that is compared letter by letter, or not; or in a pattern that is said to be literal."""
    CASE = "case"
    """Letter case ignored where no text is compared letter by letter."""
    NO_FIELD = "no-field"
    """A colon where it would end the field of a resource name."""
    NO_SERVICE = "no-service"
    RESOURCE_NAME = "resource-name"
    """Said to be no resource name, but it is one."""
    NO_RESOURCES = "no-resources"
    ABSENT_UNSAID = "absent-unsaid"
    """A negated condition that does not say that a request without the key passes too."""
    ABSENT_SAID = "absent-said"
    """One that is not negated, but is said to hold for such a request."""
    UNREADABLE_VALUE = "unreadable-value"
    READABLE = "readable"
    """Said to be without a meaning, or unreadable, but it is neither."""
    SAME_TWICE = "same-twice"
    """Two conditions that a policy cannot hold side by side."""
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    NOTHING = "nothing"
    REFUSED = "refused"
    """What was read makes no document."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be meant: `text` in place of what stands from `start` to `end`, as offsets of the whole text."""

    text: str
    start: int
    end: int

    def applied(self, whole: str) -> str:
        return f"{whole[: self.start]}{self.text}{whole[self.end :]}"


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` and `column` count from 1, in code points; `start` and `end` are offsets of the whole text.

    `subject` is what it is about, as typed or as text; `expected` are words of the grammar, or blanks such as
    `{region}`.
    """

    fault: Fault
    line: int
    column: int
    start: int
    end: int
    subject: str = ""
    expected: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
