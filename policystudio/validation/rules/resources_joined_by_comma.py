"""Several resource names stand in one text.

Why it matters: together they are one long name that fits nothing.
What to do: make each an entry of the list.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.naming import joined_names
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": "acs:kms:*:1234567890123456:key/a, acs:kms:*:1234567890123456:key/b"}],
    clean=[
        {"Resource": ["acs:kms:*:1234567890123456:key/a", "acs:kms:*:1234567890123456:key/b"]},
        {"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:key/a, acs:kms:*:1234567890123456:key/b"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    names = joined_names(resource) if statement.is_allow else ()
    if names:
        repair = ReplaceByList(resource, names, "Make each an entry of its own")
        text = f"{len(names)} names in one text fit nothing; make each an entry"
        yield RULE.finding(at=resource, text=text, choices=[Widening(repair)])
