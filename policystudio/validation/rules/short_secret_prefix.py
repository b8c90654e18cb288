"""Secrets are chosen by a very short prefix.

Why it matters: secrets of strangers may begin alike.
What to do: use a prefix that is yours alone, such as `secret/app/*`; which that is only the author knows.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.resources import with_fields
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields, object_part
from policystudio.validation.reach import takes_all
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/a*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/ab*"},
    ],
    clean=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app/*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/?*"},
    ],
)

_SHORT = 2


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is None or not statement.is_allow or statement.not_resources:
        return
    word, identifier = object_part(fields)
    prefix, star, rest = identifier.partition("*")
    if word != "secret" or not star or rest or not 0 < len(prefix) <= _SHORT:
        return
    if not takes_all(resource.text, "secret/*"):
        folder = with_fields(resource, f"Only secrets below {prefix}/", relative_id=f"secret/{prefix}/*")
        yield RULE.finding(
            at=resource,
            text=f"{shown(prefix + '*')} is so short that secrets of others fit; use a longer prefix",
            choices=tuple(folder) if len(prefix) == _SHORT else (),
        )
