"""The name of an alias in a Deny, or in the exception of an Allow, has its prefix twice.

Why it matters: no alias is called `alias/…`, so it fits nothing, and nothing is forbidden.
What to do: write the prefix once.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.naming import doubled_alias, is_withholding
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:alias/alias/app"}],
    clean=[
        {"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:alias/app"},
        {"Resource": "acs:kms:*:1234567890123456:alias/alias/app"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    repair = doubled_alias(resource) if is_withholding(statement) else None
    if repair is not None:
        text = "`alias/` stands twice, so this forbids nothing; write it once"
        yield RULE.finding(at=resource, text=text, fix=repair)
