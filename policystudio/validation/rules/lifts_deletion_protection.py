"""One policy may lift the protection of a key and schedule its deletion.

Why it matters: the protection protects against nobody who has it.
What to do: give the two actions to different people.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": ["kms:SetDeletionProtection", "kms:ScheduleKeyDeletion"]}],
    clean=[{"Action": "kms:SetDeletionProtection"}],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    lifting = first(context.grants("kms:SetDeletionProtection"))
    deleting = first(context.grants("kms:ScheduleKeyDeletion"))
    if lifting is not None and deleting is not None:
        text = "this lifts the protection that `kms:ScheduleKeyDeletion` is stopped by; give them to different people"
        allowing = [reach.statement for reach in context.allowing if not reach.is_blanket]
        choices = [
            choice
            for name in ("kms:SetDeletionProtection", "kms:ScheduleKeyDeletion")
            for choice in leave_out([name], allowing, context)
        ]
        yield RULE.finding(
            at=lifting.at,
            text=text,
            choices=choices,
            confidence=weakest(lifting.confidence, deleting.confidence),
        )
