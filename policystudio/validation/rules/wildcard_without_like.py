"""An exact comparison has a value with a star.

Why it matters: the star is a plain character here, so the value fits nothing that was meant.
What to do: use `StringLike`.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.operators import by_pattern
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_loosening, plain_stars

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"StringEquals": {"kms:tag/Project": "bill*"}}}],
    clean=[
        {"Condition": {"StringLike": {"kms:tag/Project": "bill*"}}},
        {"Effect": "Deny", "Condition": {"StringEquals": {"kms:tag/Project": "bill*"}}},
    ],
    silenced_by=["operator-unfit-for-key", "operator-unfit-for-key-in-deny"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if not is_loosening(condition, statement):
        for value, text in plain_stars(condition):
            repair = next(by_pattern(condition), None)
            yield RULE.finding(at=value, text=text, **offer(repair, widens=True))
