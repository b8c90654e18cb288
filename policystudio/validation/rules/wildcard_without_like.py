"""An exact comparison has a value with a star.

Why it matters: the star is a plain character here, so the value fits nothing that was meant.
What to do: use `StringLike`.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_negated, operator_of

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"StringEquals": {"kms:tag/Project": "bill*"}}}],
    clean=[{"Condition": {"StringLike": {"kms:tag/Project": "bill*"}}}],
    silenced_by=["operator-unfit-for-key"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    operator = operator_of(condition)
    if not operator.startswith(("StringEquals", "StringNotEquals")):
        return
    like = "StringNotLike" if is_negated(condition) else "StringLike"
    for value in condition.values:
        if "*" in value.text:
            yield RULE.finding(at=value, text=f"`{operator}` compares the star as it stands; use `{like}`")
