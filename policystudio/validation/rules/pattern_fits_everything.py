"""A condition has a pattern that fits every value.

Why it matters: it looks like a limit and limits nothing, as long as the request carries the key.
What to do: write what is meant, or remove the condition.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import string
from policystudio.ram.patterns import normal
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Condition": {"StringLike": {"kms:tag/Project": "*"}}}],
    clean=[{"Condition": {"StringLike": {"kms:tag/Project": "bill*"}}}],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if operator_of(condition) in string.PATTERN_OPERATORS:
        for value in condition.values:
            if normal(value.text) == "*":
                yield RULE.finding(
                    at=value, text="`*` fits every value, so this limits nothing; write what is meant"
                )
