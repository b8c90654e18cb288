"""Secrets are chosen by a very short prefix.

Why it matters: secrets of strangers may begin alike.
What to do: use a prefix that is yours alone, such as `secret/app/*`; which that is only the author knows.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.resources import with_fields
from policystudio.validation.context import Context
from policystudio.validation.prefixes import is_short, secrets_named
from policystudio.validation.reach import takes_all
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/a*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/ab*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/?e*"},
    ],
    clean=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app/*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/?*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/a*-prod"},
    ],
    silenced_by=["every-secret-value"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or statement.not_resources or takes_all(resource.text, "secret/*"):
        return
    names = secrets_named(resource.text)
    if names is None or not is_short(names):
        return
    prefix = names.partition("*")[0]
    folder = (
        tuple(with_fields(resource, f"Only secrets below {prefix}/", relative_id=f"secret/{prefix}/*"))
        if names == f"{prefix}*" and len(prefix) > 1 and not has_wildcard(prefix)
        else ()
    )
    yield RULE.finding(
        at=resource,
        text=f"{shown(names)} is so short that secrets of others fit; use a longer prefix",
        choices=folder,
    )
