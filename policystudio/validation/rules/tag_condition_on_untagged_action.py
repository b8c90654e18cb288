"""A tag of keys is asked for with actions that work on no tagged key.

Why it matters: lists, creation, secrets and aliases carry no key tag, so the condition never holds for them; an
Allow does not allow them, and a Deny does not forbid them.
What to do: give these actions a statement without the tag condition.

Source: KMS, condition keys: the list of operations that carry `kms:tag`.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.untouched import apart
from policystudio.validation.confidence import surest, weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import names
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import TAG_PREFIX, actions_without_key, is_negated, sure_of_key

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Action": ["kms:Decrypt", "kms:ListKeys"],
            "Resource": ["acs:kms:*:1234567890123456:key", "acs:kms:*:1234567890123456:key/*"],
            "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}},
        }
    ],
    clean=[{"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}}],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if not condition.key.text.startswith(TAG_PREFIX) or is_negated(condition):
        return
    lacking = actions_without_key(condition, statement, context)
    if lacking:
        effect = "allowed" if statement.is_allow else "forbidden"
        text = f"{names(lacking)} carry no key tag and are never {effect}; give them their own statement"
        yield RULE.finding(
            at=condition,
            text=text,
            choices=apart(lacking, condition, statement, context),
            confidence=weakest(sure_of_key(condition, context), surest(lacking)),
        )
