"""A Deny asks for a condition key that is not sent with one of its actions.

Why it matters: for that action the condition never holds, so it is not forbidden.
What to do: give the action a statement without the condition.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.untouched import apart
from policystudio.validation.confidence import surest, weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import names
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import TAG_PREFIX, actions_without_key, is_negated, sure_of_key

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {
            "Effect": "Deny",
            "Action": ["kms:Encrypt", "kms:DescribeKey"],
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        }
    ],
    clean=[
        {
            "Effect": "Deny",
            "Action": "kms:Encrypt",
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        }
    ],
    only=(Only.DENY,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if statement.is_allow or is_negated(condition) or condition.key.text.startswith(TAG_PREFIX):
        return
    lacking = actions_without_key(condition, statement, context)
    if lacking:
        text = f"{names(lacking)} never carry {shown(condition.key.text)}, so they are not forbidden"
        yield RULE.finding(
            at=condition,
            text=text,
            choices=apart(lacking, condition, statement, context),
            confidence=weakest(sure_of_key(condition, context), surest(lacking)),
        )
