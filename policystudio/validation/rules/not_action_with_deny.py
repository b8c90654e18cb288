"""A statement denies everything except some actions.

Why it matters: it reaches every service and often locks people out of the account.
What to do: list what is forbidden in `Action`; every list denies less than this, so only its author can choose.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Effect": "Deny", "NotAction": "kms:DescribeKey", "Resource": "*"}],
    clean=[{"Effect": "Deny", "Action": "kms:DescribeKey"}],
    only=(Only.DENY, Only.EXCEPTIONS),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if not statement.is_allow and statement.not_actions:
        yield RULE.finding(
            at=statement, text="this denies all other actions of all services; list the forbidden in `Action`"
        )
