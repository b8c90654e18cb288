"""A Deny without condition forbids all of KMS.

Why it matters: it overrides every Allow and locks out administrators as well.
What to do: name what is forbidden, or add a condition.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.action_list import takes_every_action
from policystudio.validation.choices.conditions import Require
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.expanse import is_everything
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Effect": "Deny", "Action": "kms:*", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*"},
    ],
    clean=[
        {
            "Effect": "Deny",
            "Action": "kms:*",
            "Resource": "*",
            "Condition": {"Bool": {"acs:SecureTransport": "false"}},
        },
        {"Effect": "Deny", "Action": "kms:Delete*", "Resource": "*"},
    ],
    only=(Only.DENY, Only.WILDCARD_IN_ACTION),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if statement.is_allow or statement.conditions or statement.not_actions:
        return
    every_action = any(takes_every_action(entry.text) for entry in statement.actions)
    if every_action and any(
        is_everything(resource.text, context.catalogue) for resource in statement.resources
    ):
        choices = (
            Widening(Require(statement, "Bool", "acs:SecureTransport", "false", "Deny only without HTTPS")),
            Widening(RemoveStatements((statement,))),
        )
        text = "this locks everybody out of KMS; name what is forbidden or add a condition"
        yield RULE.finding(at=statement, text=text, choices=choices)
