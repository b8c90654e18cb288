"""Operators on text: exact, without regard to letter case, or by pattern.

Source: ram-language, section 4. `StringEquals` takes wildcards literally; `StringLike` reads `*` and `?`.
Decision: "ignoring case" folds ASCII letters only, so that no letter of another alphabet passes for a Latin one.
"""

from __future__ import annotations

from policystudio.ram.operators._family import Family

NEGATED = frozenset({"StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike"})
PATTERN_OPERATORS = frozenset({"StringLike", "StringNotLike"})
CASELESS_OPERATORS = frozenset({"StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"})


def parse(value: str) -> str:
    """Every text is a text."""
    return value


def problem(value: str) -> str | None:
    """Nothing can be wrong with a text."""
    return None


FAMILY = Family(
    name="string",
    operators=(
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
    ),
    negated=NEGATED,
    parse=parse,
    problem=problem,
    takes_set_prefix=True,
)
