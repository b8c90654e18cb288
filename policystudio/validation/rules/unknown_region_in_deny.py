"""A Deny, or the exception of an Allow, names a region that does not exist or is retired.

Why it matters: no key or secret is there, so nothing is forbidden.
What to do: correct the region, or use `${region}` or `*`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.regions import unknown_region
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Resource": "acs:kms:cn-hangzou:1234567890123456:key/*"}],
    clean=[
        {"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
        {"Resource": "acs:kms:cn-hangzou:1234567890123456:key/*"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    found = unknown_region(resource, context) if is_withholding(statement) else None
    if found is not None:
        text, fix, confidence = found
        yield RULE.finding(
            at=resource, text=f"this may forbid nothing: {text}", fix=fix, confidence=confidence
        )
