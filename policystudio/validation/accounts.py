"""Judgements on the account of a resource that rules for Allow and for Deny share."""

from __future__ import annotations

import re

from policystudio.ram.document import Text
from policystudio.ram.finding import shown
from policystudio.ram.resources import split
from policystudio.validation.context import Context

_DIGITS = re.compile(r"[0-9]+")
_LENGTH = 16


def number_of(resource: Text) -> str | None:
    """The account of a resource when it is written in digits alone."""
    fields = split(resource.text)
    return fields.account if fields is not None and _DIGITS.fullmatch(fields.account) else None


def unlikely_number(resource: Text) -> str | None:
    """What to say of a number that has not the sixteen digits of all that were seen; None when all is well."""
    number = number_of(resource)
    if number is None or len(number) == _LENGTH:
        return None
    return f"{shown(number)} is probably no account number: it has {len(number)} digits, not {_LENGTH}"


def untargeted_account(resource: Text, context: Context) -> str | None:
    """The account of a resource when it is a likely one that is no target, and the targets are known."""
    number = number_of(resource)
    if number is None or len(number) != _LENGTH or not context.targets or number in context.target_accounts:
        return None
    return number
