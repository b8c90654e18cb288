"""A condition key is not sent with an action of its statement.

Why it matters: for that action the condition never holds, so it is not allowed.
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
    Severity.WARNING,
    triggers=[
        {
            "Action": ["kms:Encrypt", "kms:DescribeKey"],
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        }
    ],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        },
        {"Action": "kms:*", "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}}},
    ],
    only=(Only.ALLOW,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or is_negated(condition) or condition.key.text.startswith(TAG_PREFIX):
        return
    lacking = actions_without_key(condition, statement, context)
    if lacking:
        key = shown(condition.key.text)
        text = f"{names(lacking)} never carry {key}, so they are not allowed; give them their own statement"
        yield RULE.finding(
            at=condition,
            text=text,
            choices=apart(lacking, condition, statement, context),
            confidence=weakest(sure_of_key(condition, context), surest(lacking)),
        )
