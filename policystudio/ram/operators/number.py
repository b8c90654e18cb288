"""Operators on numbers.

Source: ram-language, section 4: compared as numbers; signs, decimals and exponents are not documented.
Decision: plain decimal notation only, an optional minus, digits without leading zeros, an optional fraction; no `+`,
no exponent, no blank. Digits of other scripts are not digits here.
"""

from __future__ import annotations

import re
from decimal import Decimal

from policystudio.ram.operators._family import Family

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
MAX_DIGITS = 64
"""Longer numbers are not read, so that comparing stays exact and quick."""


def parse(value: str) -> Decimal | None:
    """The exact number that `value` writes, or None."""
    if len(value) > MAX_DIGITS or not _NUMBER.fullmatch(value):
        return None
    return Decimal(value)


def problem(value: str) -> str | None:
    """What keeps `value` from being a number, or None."""
    if parse(value) is not None:
        return None
    if len(value) > MAX_DIGITS:
        return f"longer than {MAX_DIGITS} characters"
    if re.fullmatch(r"-?0[0-9]+(?:\.[0-9]+)?", value):
        return "leading zeros"
    if value.startswith("+"):
        return "a plus sign"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", value):
        return "an exponent"
    return "not plain digits with an optional fraction"


FAMILY = Family(
    name="number",
    operators=(
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
    ),
    negated=frozenset({"NumericNotEquals"}),
    parse=parse,
    problem=problem,
)
