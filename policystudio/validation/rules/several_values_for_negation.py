"""A negated condition has several values.

Why it matters: "not A or B" is easily misread; it holds only when none of the values fits.
What to do: keep it if that is meant; say so in the message of the revision.

Source: documented for `NotIpAddress` and `StringNotLike`.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_negated

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {"Effect": "Deny", "Condition": {"StringNotEquals": {"kms:tag/Project": ["billing", "sales"]}}}
    ],
    clean=[{"Effect": "Deny", "Condition": {"StringNotEquals": {"kms:tag/Project": "billing"}}}],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    # A list of addresses is read rightly by everybody, and longer than one mostly.
    if is_negated(condition) and len(condition.values) > 1 and condition.operator.text != "NotIpAddress":
        yield RULE.finding(
            at=condition, text="this holds only when none of the values fits; make sure that it is meant"
        )
