"""Filters for forms that are made from descriptions, whose texts come untranslated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from policystudio.web import words

register = template.Library()

HAN = re.compile(r"[\u4e00-\u9fff]")


@register.filter
def translated(text: str) -> str:
    """A text that was marked for translation where it was written; the empty text stays empty."""
    return words.said(text)


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names in a row, as the reader's language separates them."""
    return words.listed(names)


@register.filter
def in_its_language(text: str) -> str:
    """A text that may be the form's own or come from a service, which speaks English: then marked as such.

    Of the name of a field and what a service says of it, as in "name: must be a number", only the latter is marked.
    """
    if not text or (get_language() or "en").startswith("en"):
        return text
    if not HAN.search(str(text)):
        return format_html('<span lang="en">{}</span>', text)
    label, colon, said = conditional_escape(text).partition(": ")
    if not colon or HAN.search(said):
        return text
    return format_html('{}: <span lang="en">{}</span>', mark_safe(label), mark_safe(said))  # noqa: S308 - both were escaped above


@register.simple_tag
def editor_phrases() -> str:
    """What the JSON editor says by itself (its search, its folds), as JSON from its words to the reader's."""
    return json.dumps({phrase: words.said(phrase) for phrase in words.EDITOR}, ensure_ascii=False)
