"""Asks for the same values by an operator of the key's type, where those values can be read by it."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.ram.document import Condition
from policystudio.ram.operators import family_of, split_operator
from policystudio.validation.choices.conditions import UseOperator
from policystudio.validation.choices.widening import Offer, offer


def fitting(condition: Condition, instead: str | None, *, widens: bool) -> Offer:
    """The offer to use the operator `instead`; `widens` tells of one that takes texts typed for what they mean.

    A comparison of texts holds for fewer requests than one by meaning; other operators cannot be compared with it.
    """
    old = family_of(condition.operator.text)
    repair = next(_readable(condition, instead), None) if instead else None
    return offer(repair, widens=widens or old is None or old.name != "string")


def _readable(condition: Condition, instead: str) -> Iterator[UseOperator]:
    family = family_of(instead)
    texts = [value.text for value in condition.values]
    if family is None or (instead == "Bool" and len(texts) != 1):
        return
    if all(family.readable(text) is None for text in texts):
        yield UseOperator(condition, instead)


def by_pattern(condition: Condition) -> Iterator[UseOperator]:
    """The repair to read the stars of an exact comparison as wildcards.

    None for comparisons without regard to letter case, as there is no pattern operator of that kind.
    """
    prefix, operator = split_operator(condition.operator.text)
    like = {"StringEquals": "StringLike", "StringNotEquals": "StringNotLike"}.get(operator)
    if like is not None:
        yield UseOperator(condition, prefix + like)
