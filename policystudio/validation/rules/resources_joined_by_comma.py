"""Several resource names stand in one text.

Why it matters: together they are one long name that fits nothing.
What to do: make each an entry of the list.
"""

import re

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": "acs:kms:*:1234567890123456:key/a, acs:kms:*:1234567890123456:key/b"}],
    clean=[{"Resource": ["acs:kms:*:1234567890123456:key/a", "acs:kms:*:1234567890123456:key/b"]}],
    silenced_by=["unknown-resource-type-in-deny"],
)

_JOINT = re.compile(r"[ ]*[,;][ ]*(?=acs:)")


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    parts = _JOINT.split(resource.text)
    if len(parts) > 1:
        repair = ReplaceByList(resource, tuple(filter(None, parts)), "Make each an entry of its own")
        text = f"{len(parts)} names in one text fit nothing; make each an entry"
        yield RULE.finding(at=resource, text=text, **offer(repair, widens=statement.is_allow))
