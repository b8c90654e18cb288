"""The policy of a secret may be set.

Why it matters: whoever sets it can let anyone read the secret.
What to do: leave `kms:SetSecretPolicy` to very few.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:SetSecretPolicy", "Resource": "acs:kms:*:1234567890123456:secret/a"}],
    clean=[{"Action": "kms:GetSecretPolicy", "Resource": "acs:kms:*:1234567890123456:secret/a"}],
    silenced_by=["pattern-covers-policy-change"],
    naming=("kms:SetSecretPolicy",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.grants("kms:SetSecretPolicy"):
        yield RULE.finding(
            at=grant.at,
            text="whoever sets the policy of a secret can let anyone read it; leave this to very few",
            choices=tuple(leave_out(["kms:SetSecretPolicy"], [grant.statement], context)),
            confidence=grant.confidence,
        )
