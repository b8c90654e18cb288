"""Several resource names stand in one text of a Deny.

Why it matters: together they are one long name that fits nothing, so nothing is forbidden.
What to do: make each an entry of the list.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.naming import joined_names
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:key/a, acs:kms:*:1234567890123456:key/b"}
    ],
    clean=[
        {
            "Effect": "Deny",
            "Resource": ["acs:kms:*:1234567890123456:key/a", "acs:kms:*:1234567890123456:key/b"],
        },
        {"Resource": "acs:kms:*:1234567890123456:key/a, acs:kms:*:1234567890123456:key/b"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    names = () if statement.is_allow else joined_names(resource)
    if names:
        yield RULE.finding(
            at=resource,
            text=f"{len(names)} names in one text fit nothing, so this forbids nothing; make each an entry",
            fix=ReplaceByList(resource, names, "Make each an entry of its own"),
        )
