"""The name of an alias has its prefix twice.

Why it matters: no alias is called `alias/…`, so it fits nothing.
What to do: write the prefix once.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": ["acs:kms:*:1234567890123456:alias/alias/app", "acs:kms:*:1234567890123456:key/*"]}
    ],
    clean=[{"Resource": ["acs:kms:*:1234567890123456:alias/app", "acs:kms:*:1234567890123456:key/*"]}],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is not None and fields.relative_id.startswith("alias/alias/"):
        repair = Replace(
            resource, str(fields._replace(relative_id=fields.relative_id.removeprefix("alias/")))
        )
        yield RULE.finding(
            at=resource,
            text="`alias/` stands twice; write it once",
            **offer(repair, widens=statement.is_allow),
        )
