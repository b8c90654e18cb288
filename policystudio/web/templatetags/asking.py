"""Filters for the pages that ask something about documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template

from policystudio.web.templatetags.forms import in_its_language
from policystudio.web.templatetags.texts import with_code

register = template.Library()


@register.filter
def at_id(errors: Mapping[str, Sequence[str]], field: str) -> Sequence[str]:
    """What is wrong with the field of this id."""
    return errors.get(field, ())


@register.filter
def fault(text: str) -> str:
    """What is wrong, with what stands between backticks as code, marked as English where it is."""
    return in_its_language(with_code(str(text)))
