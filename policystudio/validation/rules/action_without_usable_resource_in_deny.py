"""A Deny names an action, but no resource that the action acts on.

Why it matters: nothing is forbidden, though it looks so.
What to do: add a resource of the right type, or `*`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.resources import resources_for
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.usability import no_resource, unusable_entry

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Action": "kms:GetSecretValue"}],
    clean=[
        {"Effect": "Deny", "Action": "kms:Decrypt"},
        {"Effect": "Deny", "Action": "kms:GetSecretValue", "Resource": "*"},
    ],
    silenced_in_statement_by=[
        "malformed-resource",
        "api-name-instead-of-action-in-deny",
        "resources-joined-by-comma-in-deny",
        "empty-resource-field-in-deny",
        "resource-of-another-cloud",
        "missing-resource-field",
        "swapped-placeholders",
        "resource-of-other-service-in-deny",
        "unknown-resource-type-in-deny",
    ],
    only=(Only.DENY, Only.UNUSABLE_ACTION),
)


@RULE.for_each_action
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    actions = (
        unusable_entry(entry, statement, context) if not statement.is_allow and statement.actions else None
    )
    if actions:
        text, confidence = no_resource(entry, actions)
        choices = tuple(resources_for(actions, statement, context))
        yield RULE.finding(at=entry, text=text, choices=choices, confidence=confidence)
