"""A resource has no action that acts on it.

Why it matters: the entry grants nothing; whoever reads it believes otherwise.
What to do: remove it, or add the action that was meant. In a Deny it does no harm and may stay.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.naming import SHAPE_CODES
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.usability import serves

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {
            "Action": "kms:Decrypt",
            "Resource": ["acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:secret/*"],
        }
    ],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:alias/*"],
        },
    ],
    silenced_by=SHAPE_CODES,
    silenced_in_statement_by=[
        "unknown-action",
        "unknown-action-in-deny",
        "action-pattern-without-match",
        "action-pattern-without-match-in-deny",
        "missing-service-prefix",
        "api-name-instead-of-action",
        "api-name-instead-of-action-in-deny",
        "missing-container-resource",
        "container-instead-of-items",
        "alias-change-without-key",
        "alias-without-key-use",
        "action-without-usable-resource",
        "action-without-usable-resource-in-deny",
        "withdrawn-action",
        "withdrawn-resource-type",
    ],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    reach = context.reach(statement)
    if not reach.speaks_of_kms or statement.not_resources or resource.text == "*":
        return
    if reach.types_of(resource) and not serves(resource, statement, context):
        text = f"no listed action acts on {shown(resource.text)}; remove it or add the action"
        fix = Remove(resource, "Remove it, which removes no right") if statement.is_allow else None
        yield RULE.finding(at=resource, text=text, fix=fix, confidence=surest(reach.expanded))
