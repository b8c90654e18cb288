"""A comparison by pattern has no pattern.

Why it matters: it reads as if more were allowed than is.
What to do: use `StringEquals`, or add the wildcard that is missing.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import split_operator, string
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.conditions import UseOperator
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_negated, operator_of

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"StringLike": {"kms:tag/Project": "billing"}}}],
    clean=[{"Condition": {"StringLike": {"kms:tag/Project": ["billing", "bill*"]}}}],
    silenced_by=["operator-unfit-for-key", "operator-unfit-for-key-in-deny"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if operator_of(condition) in string.PATTERN_OPERATORS and not any(
        has_wildcard(value.text) for value in condition.values
    ):
        prefix = split_operator(condition.operator.text)[0]
        instead = "StringNotEquals" if is_negated(condition) else "StringEquals"
        text = f"no value has a wildcard; `{instead}` says the same"
        yield RULE.finding(at=condition, text=text, fix=UseOperator(condition, prefix + instead))
