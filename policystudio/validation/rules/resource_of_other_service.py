"""A statement of KMS actions names a resource of another service.

Why it matters: no KMS action works on it, so it grants nothing.
What to do: name the key, alias or secret, or remove it.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.naming import of_other_service
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:Decrypt", "Resource": "acs:oss:*:*:bucket"}],
    clean=[{"Action": "oss:GetObject", "Resource": "acs:oss:*:*:bucket/*"}, {"Action": "kms:Decrypt"}],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if statement.is_allow and of_other_service(resource, statement, context):
        text = f"no KMS action works on {shown(resource.text)}; name a key or secret"
        yield RULE.finding(
            at=resource, text=text, choices=(drop(resource, "Remove it, which removes no right"),)
        )
