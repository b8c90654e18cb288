"""A value is no number.

Why it matters: nobody knows what RAM makes of it.
What to do: write plain digits, with a point if need be.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
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


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, problem in unreadable(condition, "number"):
        yield RULE.finding(at=value, text=f"{shown(value.text)} is no number ({problem}); write plain digits")
