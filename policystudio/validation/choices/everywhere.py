"""Narrows what a statement may do to every key or every secret."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.validation.choices.actions import leave_out
from policystudio.validation.choices.resources import drop_covering
from policystudio.validation.context import Context
from policystudio.validation.reach import Grant
from policystudio.validation.repairs import Repair


def narrower(grant: Grant, word: str, context: Context) -> Iterator[Repair]:
    """Choices to keep only the keys or secrets that are named beside the pattern, or to leave the action out."""
    yield from drop_covering(grant.statement, word)
    yield from leave_out([grant.action.name], [grant.statement], context)
