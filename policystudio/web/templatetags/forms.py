"""Filters for forms that are made from descriptions, whose texts come untranslated."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from policystudio.web import words

register = template.Library()


@register.filter
def translated(text: str) -> str:
    """A text that was marked for translation where it was written; the empty text stays empty."""
    return words.said(text)


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names in a row, as the reader's language separates them."""
    return words.listed(names)
