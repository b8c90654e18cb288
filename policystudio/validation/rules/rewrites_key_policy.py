"""The policy of a key may be set.

Why it matters: whoever sets it can let anyone use the key.
What to do: leave `kms:SetKeyPolicy` to very few.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:SetKeyPolicy"}],
    clean=[{"Action": "kms:GetKeyPolicy"}],
    silenced_by=["pattern-covers-policy-change"],
    naming=("kms:SetKeyPolicy",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.grants("kms:SetKeyPolicy"):
        yield RULE.finding(
            at=grant.at,
            text="whoever sets the policy of a key can let anyone use it; leave this to very few",
            choices=tuple(leave_out(["kms:SetKeyPolicy"], [grant.statement], context)),
            confidence=grant.confidence,
        )
