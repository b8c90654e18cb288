"""Re-encryption is allowed for one side only.

Why it matters: the call asks for `kms:ReEncryptFrom` on the old key and `kms:ReEncryptTo` on the new one.
What to do: add the other action.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:ReEncryptFrom"}, {"Action": "kms:ReEncryptTo"}],
    clean=[{"Action": ["kms:ReEncryptFrom", "kms:ReEncryptTo"]}],
    naming=("kms:ReEncryptFrom", "kms:ReEncryptTo"),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for here, there in (("kms:ReEncryptFrom", "kms:ReEncryptTo"), ("kms:ReEncryptTo", "kms:ReEncryptFrom")):
        grant = first(context.grants(here))
        if grant is not None and not context.allows([there]):
            choices = (
                Widening(Add(grant.statement, "Action", (there,), f"Add {there} on the same keys")),
                *leave_out([here], [grant.statement], context),
            )
            text = f"the same call asks for `{there}` on the other key; add it"
            yield RULE.finding(at=grant.at, text=text, choices=choices, confidence=grant.confidence)
