"""Filters for the pages that ask something about documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template

register = template.Library()


@register.filter
def at_id(errors: Mapping[str, Sequence[str]], field: str) -> Sequence[str]:
    """What is wrong with the field of this id."""
    return errors.get(field, ())
