"""Filters for forms that are made from descriptions, whose texts come untranslated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from django import template
from django.utils.html import format_html
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
    """A text that may be the form's own or come from a service, which speaks English: then marked as such."""
    if not text or (get_language() or "en").startswith("en") or HAN.search(str(text)):
        return text
    return format_html('<span lang="en">{}</span>', text)


@register.simple_tag
def editor_phrases() -> str:
    """What the JSON editor says by itself (its search, its folds), as JSON from its words to the reader's."""
    return json.dumps({phrase: words.said(phrase) for phrase in words.EDITOR}, ensure_ascii=False)
