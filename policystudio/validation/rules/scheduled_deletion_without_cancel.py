"""The deletion of keys may be scheduled, but not cancelled.

Why it matters: whoever notices the mistake cannot stop it.
What to do: add `kms:CancelKeyDeletion`.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:ScheduleKeyDeletion"}],
    clean=[{"Action": ["kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"]}],
    naming=("kms:ScheduleKeyDeletion",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    grant = first(context.grants("kms:ScheduleKeyDeletion"))
    if grant is not None and not context.allows(["kms:CancelKeyDeletion"]):
        addition = Add(grant.statement, "Action", ("kms:CancelKeyDeletion",))
        yield RULE.finding(
            at=grant.at,
            text="who starts a deletion should be able to stop it; add `kms:CancelKeyDeletion`",
            **offer(addition, widens=True),
            confidence=grant.confidence,
        )
