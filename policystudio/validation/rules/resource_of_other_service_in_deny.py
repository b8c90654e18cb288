"""A Deny of KMS actions names a resource of another service.

Why it matters: no KMS action works on it, so it forbids nothing.
What to do: name the key, alias or secret that is to be protected, which only the author knows.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.naming import of_other_service
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "acs:oss:*:*:bucket"}],
    clean=[{"Effect": "Deny", "Action": "kms:Decrypt"}],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow and of_other_service(resource, statement, context):
        yield RULE.finding(
            at=resource, text=f"no KMS action works on {shown(resource.text)}, so this forbids nothing"
        )
