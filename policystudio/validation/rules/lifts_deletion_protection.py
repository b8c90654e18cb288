"""One policy may lift the protection of a key and schedule its deletion.

Rights on different keys do not count, nor what a Deny without a condition takes back.

Why it matters: the protection protects against nobody who has it.
What to do: give the two actions to different people.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.meeting import meetings, sides
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": ["kms:SetDeletionProtection", "kms:ScheduleKeyDeletion"]}],
    clean=[
        {"Action": "kms:SetDeletionProtection"},
        [
            {"Action": "kms:SetDeletionProtection", "Resource": "acs:kms:*:1234567890123456:key/a"},
            {"Action": "kms:ScheduleKeyDeletion", "Resource": "acs:kms:*:1234567890123456:key/b"},
        ],
        [
            {"Action": ["kms:SetDeletionProtection", "kms:ScheduleKeyDeletion"]},
            {"Effect": "Deny", "Action": "kms:ScheduleKeyDeletion", "Resource": "*"},
        ],
    ],
    naming=("kms:SetDeletionProtection",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    names = ("kms:SetDeletionProtection", "kms:ScheduleKeyDeletion")
    both = meetings(context.grants(names[0]), context.grants(names[1]), context)
    if both:
        text = "this lifts the protection that `kms:ScheduleKeyDeletion` is stopped by; give them to different people"
        choices = [
            choice
            for name, statements in zip(names, sides(both), strict=True)
            for choice in leave_out([name], statements, context)
        ]
        yield RULE.finding(at=both[0].first.at, text=text, choices=choices, confidence=both[0].confidence)
