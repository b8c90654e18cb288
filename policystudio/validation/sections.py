"""What a code speaks of, so that a person finds it among the others; nothing is judged by it."""

from __future__ import annotations

from enum import StrEnum

from policystudio.validation.registry import documentation
from policystudio.validation.rule import Looks


class Section(StrEnum):
    """In the order in which they are shown."""

    ACTIONS = "actions"
    RESOURCES = "resources"
    CONDITIONS = "conditions"
    STATEMENTS = "statements"
    DOCUMENT = "document"
    TEXTS = "texts"
    LANGUAGE = "language"
    GONE = "gone"


_BY_WORD = (
    (
        Section.CONDITIONS,
        ("condition", "operator", "address", "date", "boolean", "number", "value", "window"),
    ),
    (Section.RESOURCES, ("resource", "alias", "key-id", "account", "region", "secret")),
    (Section.ACTIONS, ("action", "pattern")),
)
_BY_LOOKS = {
    Looks.ACTION: Section.ACTIONS,
    Looks.RESOURCE: Section.RESOURCES,
    Looks.CONDITION: Section.CONDITIONS,
    Looks.TEXT: Section.TEXTS,
    Looks.DOCUMENT: Section.DOCUMENT,
}


def section_of(code: str) -> Section:
    """By what the rule looks at, and where that is a whole statement, by a word in the code's name."""
    page = documentation(code)
    if page is None:
        return Section.GONE
    if page.rule is None:
        return Section.LANGUAGE
    looks = set(page.rule.checks)
    if len(looks) == 1 and (found := _BY_LOOKS.get(next(iter(looks)))):
        return found
    return next((section for section, words in _BY_WORD if any(w in code for w in words)), Section.STATEMENTS)
