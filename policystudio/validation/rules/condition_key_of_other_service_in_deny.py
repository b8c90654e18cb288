"""A Deny of KMS actions asks for a condition key of another service.

Why it matters: KMS never sends it, so nothing is forbidden.
What to do: use a key of KMS or a general one.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.confidence import MISSING_KEY
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import KEY_CODES, is_negated, key_of_other_service

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Condition": {"StringEquals": {"oss:Prefix": "a"}}}],
    clean=[{"Effect": "Deny", "Condition": {"StringEquals": {"kms:tag/a": "b"}}}],
    silenced_by=KEY_CODES,
    only=(Only.DENY,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if (
        not statement.is_allow
        and not is_negated(condition)
        and key_of_other_service(condition, statement, context)
    ):
        yield RULE.finding(
            at=condition,
            text=f"KMS never sends {shown(condition.key.text)}; this may forbid nothing",
            choices=(DropCondition(condition, "Deny without the condition"),),
            confidence=MISSING_KEY,
        )
