"""A field of a resource name is empty.

Why it matters: what an empty region or account fits is not documented.
What to do: write the region or account, or `*`; an empty name only its author can fill in.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.resources import split
from policystudio.validation.choices.resources import corrections
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms::1234567890123456:key/*"},
        {"Resource": "acs:kms:cn-hangzhou:1234567890123456:"},
    ],
    clean=[
        {"Resource": "acs:kms:*:1234567890123456:key/*"},
        {"Effect": "Deny", "Resource": "acs:kms::1234567890123456:key/*"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is None or not statement.is_allow:
        return
    empty = [
        name
        for name, value in zip(("service", "region", "account", "name"), fields, strict=True)
        if not value
    ]
    if empty:
        here = fields._replace(region=fields.region or "${region}", account=fields.account or "${account}")
        fills = [Replace(resource, str(here))] if {*empty} <= {"region", "account"} else []
        yield RULE.finding(
            at=resource,
            text=f"the {' and the '.join(empty)} of {shown(resource.text)} is empty; write it or `*`",
            choices=corrections(fills, resource, statement),
        )
