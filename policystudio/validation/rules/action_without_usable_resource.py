"""An action has no resource that it can act on.

Why it matters: the entry grants nothing.
What to do: add a resource of the right type, or remove the action.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.resources import resources_for
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.naming import SHAPE_CODES
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.usability import no_resource, unusable_entry

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": ["kms:Decrypt", "kms:GetSecretValue"]}],
    clean=[
        {"Action": "kms:Decrypt"},
        [
            {"Action": "kms:Encrypt"},
            {"Action": "kms:Encrypt", "Resource": "acs:kms:${region}:${account}:alias/a"},
        ],
    ],
    silenced_by=[
        "api-name-instead-of-action",
        "withdrawn-action",
        "missing-container-resource",
        "container-instead-of-items",
        "alias-change-without-key",
    ],
    silenced_in_statement_by=[
        *SHAPE_CODES,
        "alias-without-key-use",
        "withdrawn-resource-type",
        "empty-resource-field",
    ],
    only=(Only.ALLOW, Only.UNUSABLE_ACTION),
)


@RULE.for_each_action
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    actions = unusable_entry(entry, statement, context) if statement.is_allow and statement.actions else None
    if actions:
        text, confidence = no_resource(entry, actions)
        choices = (
            *map(Widening, resources_for(actions, statement, context)),
            drop(entry, "Remove the action, which removes no right"),
        )
        yield RULE.finding(at=entry, text=text, confidence=confidence, choices=choices)
