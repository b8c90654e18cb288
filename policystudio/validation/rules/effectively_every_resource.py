"""A resource is a star in disguise.

Why it matters: it looks narrow and includes everything.
What to do: name the keys, aliases or secrets.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.resources import everything_here
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.expanse import is_everything
from policystudio.validation.reach import BLANKET_CODES
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Action": "kms:Decrypt", "Resource": "acs:kms:*:*:*"},
        {"Action": "kms:Decrypt", "Resource": "acs:*:*:*:*"},
        {"Action": "kms:Decrypt", "Resource": "acs:kms:?*:????????????????:?*"},
    ],
    clean=[
        {"Action": "kms:Decrypt", "Resource": "acs:kms:*:*:key/*"},
        {"Action": "oss:GetObject", "Resource": "acs:oss:*:*:*"},
    ],
    silenced_by=["missing-resource-field"],
    silenced_in_statement_by=[*BLANKET_CODES, "not-action-with-allow"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or statement.not_resources or resource.text == "*":
        return
    if not context.reach(statement).speaks_of_kms:
        return
    if is_everything(resource.text, context.catalogue):
        text = f"{shown(resource.text)} includes everything, like `*`; name the resources"
        choices = tuple(everything_here(resource, statement, context))
        yield RULE.finding(
            at=resource, text=text, choices=choices, confidence=surest(context.reach(statement).expanded)
        )
