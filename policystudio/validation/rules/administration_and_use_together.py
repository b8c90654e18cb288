"""One policy both manages keys and uses them.

Rights on different keys do not count, nor what a Deny without a condition takes back.

Why it matters: whoever manages a key should not be able to read what it protects.
What to do: make two policies for two people.
"""

from collections.abc import Iterable

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.meeting import meetings, sides
from policystudio.validation.reach import Grant
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": ["kms:ScheduleKeyDeletion", "kms:Decrypt"]}],
    clean=[
        {"Action": ["kms:DescribeKey", "kms:Decrypt"]},
        {"Action": ["kms:EnableKey", "kms:DisableKey"]},
        [
            {"Action": "kms:DisableKey", "Resource": "acs:kms:*:1234567890123456:key/a"},
            {"Action": "kms:Decrypt", "Resource": "acs:kms:*:1234567890123456:key/b"},
        ],
    ],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    both = meetings(context.managing, context.using, context) if context.managing else []
    if both:
        managing, using = both[0]
        what = f"manages keys by `{managing.action.name}` and uses them by `{using.action.name}`"
        managers, users = sides(both)
        choices = (
            *leave_out(_names(context.using), users, context, "Leave out the use of keys"),
            *leave_out(_names(context.managing), managers, context, "Leave out the management of keys"),
        )
        yield RULE.finding(
            at=managing.at,
            text=f"this {what}; make two policies",
            choices=choices,
            confidence=both[0].confidence,
        )


def _names(grants: Iterable[Grant]) -> set[str]:
    return {grant.action.name for grant in grants}
