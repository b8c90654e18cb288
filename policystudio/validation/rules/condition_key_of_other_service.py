"""A statement of KMS actions asks for a condition key of another service.

Why it matters: KMS never sends it, so nothing is allowed.
What to do: use a key of KMS or a general one.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.confidence import MISSING_KEY
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import KEY_CODES, is_negated, key_of_other_service

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"StringEquals": {"oss:Prefix": "a"}}}],
    clean=[
        {"Action": "oss:ListObjects", "Resource": "*", "Condition": {"StringEquals": {"oss:Prefix": "a"}}}
    ],
    silenced_by=KEY_CODES,
    only=(Only.ALLOW,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    # Negated, it holds for every request, which is the matter of `condition-always-true`.
    if (
        statement.is_allow
        and not is_negated(condition)
        and key_of_other_service(condition, statement, context)
    ):
        removal = Widening(DropCondition(condition, "Remove the condition"))
        yield RULE.finding(
            at=condition,
            text=f"KMS never sends {shown(condition.key.text)}, so this allows nothing; remove it",
            choices=(RemoveStatements((statement,), "Remove the statement"), removal),
            confidence=MISSING_KEY,
        )
