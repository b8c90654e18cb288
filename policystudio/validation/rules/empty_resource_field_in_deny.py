"""A field of a resource name in a Deny is empty.

Why it matters: what an empty region or account fits is not documented; if it fits nothing, nothing is forbidden.
What to do: write the region or account, or `*`; an empty name only its author can fill in.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.resources import split
from policystudio.validation.context import Context
from policystudio.validation.naming import empty_fields
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Resource": "acs:kms::1234567890123456:key/*"}],
    clean=[
        {"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:key/*"},
        {"Resource": "acs:kms::1234567890123456:key/*"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields, empty = split(resource.text), () if statement.is_allow else empty_fields(resource)
    if fields is None or not empty:
        return
    whole = fields._replace(region=fields.region or "*", account=fields.account or "*")
    listed = " and the ".join(empty)
    text = f"the {listed} of {shown(resource.text)} is empty, so this may forbid nothing; write it or `*`"
    fix = Replace(resource, str(whole)) if whole.service and whole.relative_id else None
    yield RULE.finding(at=resource, text=text, fix=fix)
