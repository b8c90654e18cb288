"""Secrets may be created, but no key may make data keys.

Why it matters: a secret under its own key asks for `kms:GenerateDataKey` on that key, and is refused without.
What to do: allow `kms:GenerateDataKey` on the key, if secrets are to have one; which key only the author knows.

Source: KMS, use RAM to control access, and CreateSecret.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:CreateSecret", "Resource": "acs:kms:${region}:${account}:secret"}],
    clean=[
        [
            {"Action": "kms:CreateSecret", "Resource": "acs:kms:${region}:${account}:secret"},
            {"Action": "kms:GenerateDataKey"},
        ]
    ],
    naming=("kms:CreateSecret",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    grant = first(context.grants("kms:CreateSecret"))
    if grant is not None and not context.own_key_secrets and not context.allows(["kms:GenerateDataKey"]):
        text = "a secret under its own key also asks for `kms:GenerateDataKey` on that key; add it if secrets have one"
        yield RULE.finding(at=grant.at, text=text, confidence=grant.confidence)
