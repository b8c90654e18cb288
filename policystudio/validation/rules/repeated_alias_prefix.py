"""The name of an alias has its prefix twice.

Why it matters: no alias is called `alias/…`, so it fits nothing.
What to do: write the prefix once.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.naming import doubled_alias, is_withholding
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": ["acs:kms:*:1234567890123456:alias/alias/app", "acs:kms:*:1234567890123456:key/*"]}
    ],
    clean=[
        {"Resource": ["acs:kms:*:1234567890123456:alias/app", "acs:kms:*:1234567890123456:key/*"]},
        {"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:alias/alias/app"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    repair = None if is_withholding(statement) else doubled_alias(resource)
    if repair is not None:
        text = "`alias/` stands twice; write it once"
        yield RULE.finding(at=resource, text=text, **offer(repair, widens=True))
