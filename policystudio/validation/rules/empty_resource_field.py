"""A field of a resource name is empty.

Why it matters: what an empty region or account fits is not documented.
What to do: write the region or account, or `*`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.resources import split
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms::1234567890123456:key/*"},
        {"Resource": "acs:kms:cn-hangzhou:1234567890123456:"},
    ],
    clean=[{"Resource": "acs:kms:*:1234567890123456:key/*"}],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is None:
        return
    empty = [
        name
        for name, value in zip(("service", "region", "account", "name"), fields, strict=True)
        if not value
    ]
    if empty:
        yield RULE.finding(
            at=resource,
            text=f"the {' and the '.join(empty)} of {shown(resource.text)} is empty; write it or `*`",
        )
