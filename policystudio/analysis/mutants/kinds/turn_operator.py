"""The operator of a condition asks for the contrary, or a bound moves by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, other, with_condition
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement
from policystudio.ram.operators import family_of, split_operator

_PAIRS = (
    ("StringEquals", "StringNotEquals"),
    ("StringLike", "StringNotLike"),
    ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    ("IpAddress", "NotIpAddress"),
)
_ORDERS = {
    "Equals": ("NotEquals",),
    "NotEquals": ("Equals",),
    "LessThan": ("GreaterThanEquals", "LessThanEquals"),
    "LessThanEquals": ("GreaterThan", "LessThan"),
    "GreaterThan": ("LessThanEquals", "GreaterThanEquals"),
    "GreaterThanEquals": ("LessThan", "GreaterThan"),
}
TURNED = {
    **{one: (other,) for pair in _PAIRS for one, other in (pair, pair[::-1])},
    **{
        f"{family}{order}": tuple(f"{family}{each}" for each in turned)
        for family in ("Numeric", "Date")
        for order, turned in _ORDERS.items()
    },
}


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    for at, condition in enumerate(statement.conditions):
        operator = condition.operator.text
        if family_of(operator) is None or split_operator(operator)[0]:
            continue
        for turned in TURNED.get(operator, ()):
            changed = replace(condition, operator=other(condition.operator, turned))
            yield Edit(condition.path, with_condition(statement, at, changed), operator, turned)


MUTATION = Mutation("{before} becomes {after}", edits)
