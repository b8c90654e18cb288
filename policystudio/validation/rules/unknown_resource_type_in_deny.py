"""A resource in a Deny has a type that does not exist.

Why it matters: it fits nothing, so nothing is forbidden.
What to do: write `key`, `alias` or `secret`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.confidence import MISSING_TYPE
from policystudio.validation.context import Context
from policystudio.validation.naming import meant, type_fix, unknown_type
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:secrets/*"}],
    clean=[{"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:secret/*"}],
    silenced_by=["resources-joined-by-comma-in-deny", "unknown-placeholder", "unclosed-placeholder"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    found = None if statement.is_allow else unknown_type(resource, context)
    if found:
        text = f"unknown resource type {shown(found[0])}, so this forbids nothing{meant(found[1])}"
        yield RULE.finding(at=resource, text=text, fix=type_fix(resource, found[1]), confidence=MISSING_TYPE)
