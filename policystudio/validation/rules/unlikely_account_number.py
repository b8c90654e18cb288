"""The account of a resource does not have sixteen digits.

Why it matters: every account number seen has sixteen, so this one is probably mistyped.
What to do: compare it with the account page of the console.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.accounts import unlikely_number
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": "acs:kms:cn-hangzhou:123456:key/*"}],
    clean=[
        {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
        {"Resource": "acs:kms:cn-hangzhou:*:key/*"},
        {"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:123456:key/*"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    text = None if is_withholding(statement) else unlikely_number(resource)
    if text is not None:
        here = with_fields(resource, "Use the target's account", account="${account}")
        # An exception of a Deny that is filled in lets go of what was forbidden.
        choices = corrections(here, resource, statement, is_real=True)
        yield RULE.finding(at=resource, text=text, confidence=INFERRED, choices=choices)
