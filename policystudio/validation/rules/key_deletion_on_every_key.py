"""The deletion of every key may be scheduled.

Why it matters: what a deleted key has encrypted is lost for good.
What to do: name the keys; where none is named yet, only the author knows which.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.everywhere import narrower
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:ScheduleKeyDeletion", "Resource": "acs:kms:${region}:${account}:key/*"}],
    clean=[{"Action": "kms:ScheduleKeyDeletion"}],
    naming=("kms:ScheduleKeyDeletion",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.on_everything("key/*", "kms:ScheduleKeyDeletion"):
        text = "this may delete every key, and with it what it encrypted; name the keys"
        yield RULE.finding(
            at=grant.at,
            text=text,
            choices=tuple(narrower(grant, "key", context)),
            confidence=grant.confidence,
        )
