"""Actions that change or use keys or secrets are allowed on every resource.

Why it matters: every key and secret is included, also those made later.
What to do: name the keys, aliases or secrets.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.resources import everything_here
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.reach import BLANKET_CODES, names
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:Encrypt", "Resource": "*"}, {"Action": "kms:PutSecretValue", "Resource": "*"}],
    clean=[
        {"Action": ["kms:List*", "kms:Describe*"], "Resource": "*"},
        {"Action": "kms:GetRandomPassword", "Resource": "*"},
        {"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*"},
    ],
    silenced_in_statement_by=[*BLANKET_CODES, "not-action-with-allow"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if statement.is_allow and not statement.not_resources and resource.text == "*":
        powerful = context.reach(statement).powerful
        if powerful:
            text = f"`*` lets {names(powerful)} act on everything; name the resources"
            choices = tuple(everything_here(resource, statement, context))
            yield RULE.finding(at=resource, text=text, choices=choices, confidence=surest(powerful))
