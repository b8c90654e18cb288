"""A value is no number.

Why it matters: nobody knows what RAM makes of it.
What to do: write plain digits, with a point if need be; what is no number only its author can read.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from policystudio.ram.document import Condition, Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import number
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import unreadable

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"NumericLessThan": {"oss:MaxKeys": "ten"}}},
        {"Condition": {"NumericEquals": {"oss:MaxKeys": "1e3"}}},
    ],
    clean=[{"Condition": {"NumericLessThan": {"oss:MaxKeys": "10"}}}],
    kinds=tuple(Kind),
)


_NOTATION = re.compile(r"[+-]?[0-9]{1,20}(?:[.][0-9]{1,20})?(?:[eE][+-]?[0-9])?")


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, problem in unreadable(condition, "number"):
        text = f"{shown(value.text)} is no number ({problem}); write plain digits"
        yield RULE.finding(at=value, text=text, choices=tuple(_readings(value)))


def _readings(value: Text) -> Iterator[Replace]:
    """The number in plain notation, where only the notation is at fault."""
    if not _NOTATION.fullmatch(value.text):
        return
    plain = format(Decimal(value.text), "f")
    if number.parse(plain) is not None:
        yield Replace(value, plain)
