"""A statement allows everything except some actions.

Why it matters: it reaches every service, and everything that is launched later.
What to do: list what is allowed in `Action`.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import instead_of_exceptions
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"NotAction": "kms:ScheduleKeyDeletion", "Resource": "*"}],
    clean=[{"Action": "kms:DescribeKey"}],
    only=(Only.ALLOW, Only.EXCEPTIONS),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if statement.is_allow and statement.not_actions:
        text = "this allows all other actions of all services; list the allowed in `Action`"
        yield RULE.finding(at=statement, text=text, choices=tuple(instead_of_exceptions(statement, context)))
