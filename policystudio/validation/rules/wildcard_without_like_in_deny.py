"""A Deny, or an exception of an Allow, compares a value with a star exactly.

Why it matters: the star is a plain character here, so the value fits nothing: a Deny forbids nothing, and an Allow
leaves nothing out.
What to do: use `StringLike`, or `StringNotLike`.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.operators import by_pattern
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_loosening, plain_stars

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Effect": "Deny", "Condition": {"StringEquals": {"kms:tag/Project": "bill*"}}},
        {"Condition": {"StringNotEquals": {"kms:tag/Project": "bill*"}}},
    ],
    clean=[
        {"Effect": "Deny", "Condition": {"StringLike": {"kms:tag/Project": "bill*"}}},
        {"Effect": "Deny", "Condition": {"StringNotEquals": {"kms:tag/Project": "bill*"}}},
    ],
    silenced_by=["operator-unfit-for-key-in-deny"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if is_loosening(condition, statement):
        for value, text in plain_stars(condition):
            effect = "leaves nothing out" if statement.is_allow else "forbids nothing"
            fix = next(by_pattern(condition), None)
            yield RULE.finding(at=value, text=f"{text}, as this {effect}", fix=fix)
