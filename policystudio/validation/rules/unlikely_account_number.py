"""The account of a resource does not have sixteen digits.

Why it matters: every account number seen has sixteen, so this one is probably mistyped.
What to do: compare it with the account page of the console.
"""

import re

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.resources import split
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": "acs:kms:cn-hangzhou:123456:key/*"}],
    clean=[
        {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
        {"Resource": "acs:kms:cn-hangzhou:*:key/*"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is not None and re.fullmatch(r"[0-9]+", fields.account) and len(fields.account) != 16:
        text = f"{shown(fields.account)} is probably no account number: it has {len(fields.account)} digits, not 16"
        here = with_fields(resource, "Use the target's account", account="${account}")
        choices = corrections(here, resource, statement)
        yield RULE.finding(at=resource, text=text, confidence=INFERRED, choices=choices)
