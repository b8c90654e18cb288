"""A statement allows every KMS action.

Why it matters: managing, using and destroying keys and reading secrets come in one right, with all that KMS adds later.
What to do: name the actions that are needed; a builder shows the usual sets.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.action_list import takes_every_action
from policystudio.validation.choices.actions import usual_sets
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:*"}, {"Action": "kms:?*"}],
    clean=[{"Action": "kms:Describe*"}, {"Effect": "Deny", "Action": "kms:*"}],
    silenced_by=["wildcard-in-service-prefix", "missing-service-prefix"],
    silenced_in_statement_by=["every-kms-action-on-every-resource", "every-action-of-every-service"],
    only=(Only.ALLOW, Only.WILDCARD_IN_ACTION),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for entry in statement.actions:
        if statement.is_allow and takes_every_action(entry.text):
            yield RULE.finding(
                at=entry,
                text=f"{shown(entry.text)} allows managing, using and destroying alike; name the actions",
                choices=tuple(usual_sets(statement, context, [entry])),
            )
