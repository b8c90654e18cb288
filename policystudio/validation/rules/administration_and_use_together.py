"""One policy both manages keys and uses them.

Why it matters: whoever manages a key should not be able to read what it protects.
What to do: make two policies for two people.
"""

from collections.abc import Iterator

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import Grant, first
from policystudio.validation.repairs import Repair
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": ["kms:ScheduleKeyDeletion", "kms:Decrypt"]}],
    clean=[{"Action": ["kms:DescribeKey", "kms:Decrypt"]}, {"Action": ["kms:EnableKey", "kms:DisableKey"]}],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    managing = first(context.managing)
    using = first(context.using)
    if managing is not None and using is not None:
        both = f"manages keys by `{managing.action.name}` and uses them by `{using.action.name}`"
        text = f"this {both}; make two policies"
        choices = (
            *_apart(context.using, context, "Leave out the use of keys"),
            *_apart(context.managing, context, "Leave out the management of keys"),
        )
        yield RULE.finding(
            at=managing.at,
            text=text,
            choices=choices,
            confidence=weakest(managing.confidence, using.confidence),
        )


def _apart(grants: tuple[Grant, ...], context: Context, title: str) -> Iterator[Repair]:
    names = {grant.action.name for grant in grants}
    return leave_out(names, {grant.statement: None for grant in grants}, context, title)
