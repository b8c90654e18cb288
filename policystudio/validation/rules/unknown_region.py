"""A resource names a region that does not exist or is retired.

Why it matters: no key or secret is there, so nothing is granted.
What to do: correct the region, or use `${region}`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.regions import unknown_region
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms:cn-hangzou:1234567890123456:key/*"},
        {"Resource": "acs:kms:ap-south-1:*:key/*"},
    ],
    clean=[
        {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
        {"Resource": "acs:kms:cn-*:*:key/*"},
        {"Effect": "Deny", "Resource": "acs:kms:cn-hangzou:1234567890123456:key/*"},
    ],
    silenced_by=["bare-placeholder-word", "wrong-case-in-resource"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    found = None if is_withholding(statement) else unknown_region(resource, context)
    if found is not None:
        text, fix, confidence = found
        repairs = (*([fix] if fix else []), *with_fields(resource, "Write ${region}", region="${region}"))
        # An exception of a Deny that is corrected lets go of what was forbidden.
        choices = corrections(
            repairs, resource, statement, removal="Remove it, which removes no right", is_real=True
        )
        yield RULE.finding(at=resource, text=text, choices=choices, confidence=confidence)
