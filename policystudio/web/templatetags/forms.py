"""Filters for forms that are made from descriptions, whose texts come untranslated."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def translated(text: str) -> str:
    """A text that was marked for translation where it was written; the empty text stays empty."""
    return gettext(text) if text else ""
