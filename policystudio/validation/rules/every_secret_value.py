"""The value of every secret may be read.

Why it matters: every password that is stored, now or later, can be read.
What to do: name the secrets, or a prefix of their names.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.choices.resources import only_those_named
from policystudio.validation.context import Context
from policystudio.validation.prefixes import fits_nearly_all, secrets_named
from policystudio.validation.reach import BLANKET_CODES, takes_all
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/*e*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/??*"},
    ],
    clean=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app/*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/*-prod"},
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/*"},
    ],
    silenced_by=["every-resource", "effectively-every-resource"],
    silenced_in_statement_by=[*BLANKET_CODES, "not-action-with-allow"],
    only=(Only.ALLOW, Only.WILDCARD_IN_RESOURCE),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    reach = context.reach(statement)
    grant = reach.grant("kms:GetSecretValue") if statement.is_allow else None
    if grant is not None:
        for resource in statement.resources:
            names = secrets_named(resource.text)
            if names is None or not fits_nearly_all(names):
                continue
            choices = (
                *only_those_named(resource, statement, "secret"),
                *leave_out(["kms:GetSecretValue"], [statement], context),
            )
            which = "" if takes_all(resource.text, "secret/*") else f" that fits {shown(names)}"
            text = f"this reads the value of every secret{which}; name the secrets or a prefix"
            yield RULE.finding(at=resource, text=text, choices=choices, confidence=grant.confidence)
