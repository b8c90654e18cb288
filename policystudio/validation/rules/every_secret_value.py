"""The value of every secret may be read.

Why it matters: every password that is stored, now or later, can be read.
What to do: name the secrets, or a prefix of their names.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.choices.resources import only_those_named
from policystudio.validation.context import Context
from policystudio.validation.reach import BLANKET_CODES
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/*"}],
    clean=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app/*"},
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/*"},
    ],
    silenced_by=["every-resource", "effectively-every-resource"],
    silenced_in_statement_by=[*BLANKET_CODES, "not-action-with-allow"],
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    reach = context.reach(statement)
    if statement.is_allow and "kms:GetSecretValue" in reach.grants:
        for resource in reach.covering("secret/*"):
            choices = (
                *only_those_named(resource, statement, "secret"),
                *leave_out(["kms:GetSecretValue"], [statement], context),
            )
            text = "this reads the value of every secret; name the secrets or a prefix"
            yield RULE.finding(
                at=resource,
                text=text,
                choices=choices,
                confidence=reach.grants["kms:GetSecretValue"].confidence,
            )
