"""An operator has a prefix for sets of values.

Why it matters: it is documented nowhere; what it does here is not known.
What to do: use the plain operator.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import split_operator
from policystudio.validation.choices.conditions import DropCondition, UseOperator
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"ForAnyValue:StringEquals": {"kms:tag/Project": "Billing"}}}],
    clean=[{"Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}}],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    prefix, plain = split_operator(condition.operator.text)
    if prefix:
        removal = DropCondition(condition, "Remove the condition")
        yield RULE.finding(
            at=condition,
            text=f"`{prefix}` is documented nowhere; use `{plain}`",
            choices=(UseOperator(condition, plain), Widening(removal) if statement.is_allow else removal),
        )
