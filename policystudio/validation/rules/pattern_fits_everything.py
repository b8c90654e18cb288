"""A condition has a pattern that fits every value.

Why it matters: it holds for every request that carries the key, whatever its value, so it limits little or nothing.
What to do: write what is meant, or remove the condition.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import string
from policystudio.ram.patterns import normal
from policystudio.validation.choices.conditions import DropCondition, without_value
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import TAG_PREFIX, is_negated, operator_of

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Condition": {"StringLike": {"kms:tag/Project": "*"}}}],
    clean=[
        {"Condition": {"StringLike": {"kms:tag/Project": "bill*"}}},
        {"Effect": "Deny", "Condition": {"StringNotLike": {"acs:SourceVpc": "*"}}},
    ],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    # A negated pattern that fits everything asks for a request without the key, which is a limit.
    if operator_of(condition) not in string.PATTERN_OPERATORS or is_negated(condition):
        return
    holds = (
        "holds for every key that has the tag"
        if condition.key.text.startswith(TAG_PREFIX)
        else "limits nothing as long as the request carries the key"
    )
    for value in condition.values:
        if normal(value.text) == "*":
            removal = DropCondition(condition, "Remove the condition")
            choices = (
                *without_value(value, condition, statement),
                Widening(removal) if statement.is_allow else removal,
            )
            text = f"`*` fits every value, so this {holds}; write what is meant"
            yield RULE.finding(at=value, text=text, choices=choices)
