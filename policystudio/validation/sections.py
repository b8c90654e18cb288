"""What a code speaks of, so that a person finds it among the others; nothing is judged by it."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import lru_cache

from policystudio.catalog.load import load
from policystudio.ram.position import pointer_parts
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import documentation
from policystudio.validation.rule import Looks, Rule


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


_BY_LOOKS = {
    Looks.ACTION: Section.ACTIONS,
    Looks.RESOURCE: Section.RESOURCES,
    Looks.CONDITION: Section.CONDITIONS,
    Looks.TEXT: Section.TEXTS,
    Looks.DOCUMENT: Section.DOCUMENT,
}
_BY_ELEMENT = {
    "Action": Section.ACTIONS,
    "NotAction": Section.ACTIONS,
    "Resource": Section.RESOURCES,
    "NotResource": Section.RESOURCES,
    "Condition": Section.CONDITIONS,
}


@lru_cache(maxsize=1024)
def section_of(code: str) -> Section:
    """By what the rule looks at, and where that is a whole statement, by the element that its example is found at."""
    page = documentation(code)
    if page is None:
        return Section.GONE
    if page.rule is None:
        return Section.LANGUAGE
    looks = set(page.rule.checks)
    if len(looks) == 1 and (found := _BY_LOOKS.get(next(iter(looks)))):
        return found
    return _BY_ELEMENT.get(_element_of(page.rule), Section.STATEMENTS)


def _element_of(rule: Rule) -> str:
    """The element of a statement at which the rule finds something in its first example; empty for the whole."""
    example = rule.triggers[0]
    text = json.dumps(example.document(), ensure_ascii=False)
    findings = validate(text, catalogue=load(), **example.surroundings()).findings
    path = next(each.path for each in findings if each.code == rule.code)
    names = pointer_parts(path or "")[2:3]
    return names[0] if names else ""
