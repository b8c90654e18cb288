"""A boolean condition has several values.

Why it matters: RAM refuses the document.
What to do: keep one value, or remove the condition.

Source: RAM policy check, "Invalid condition multiple Boolean".
"""

from functools import partial
from operator import is_

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import boolean
from policystudio.ram.patterns import fold
from policystudio.validation.choices.conditions import DropCondition, keep_only
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Condition": {"Bool": {"acs:SecureTransport": ["true", "false"]}}}],
    clean=[{"Condition": {"Bool": {"acs:SecureTransport": ["true"]}}}],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if operator_of(condition) == "Bool" and len(condition.values) > 1:
        removal = DropCondition(condition, "Remove the condition")
        kept = {
            fold(value.text): value for value in condition.values if boolean.parse(value.text) is not None
        }
        choices = (
            *(keep_only(condition, partial(is_, value), f"Keep only {value}") for value in kept.values()),
            Widening(removal) if statement.is_allow else removal,
        )
        text = "`Bool` takes one value; keep one or remove the condition"
        yield RULE.finding(at=condition, text=text, choices=choices)
