"""Asymmetric keys may be used, but their public keys not be read.

Why it matters: whoever encrypts or verifies outside KMS needs `kms:GetPublicKey`.
What to do: add it, if it is needed.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {"Action": ["kms:AsymmetricSign", "kms:AsymmetricVerify"]},
        {"Action": "kms:AsymmetricEncrypt"},
    ],
    clean=[{"Action": ["kms:AsymmetricVerify", "kms:GetPublicKey"]}, {"Action": "kms:AsymmetricSign"}],
    naming=("kms:AsymmetricVerify", "kms:AsymmetricEncrypt"),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    grant = first(context.grants("kms:AsymmetricVerify", "kms:AsymmetricEncrypt"))
    if grant is not None and not context.allows(["kms:GetPublicKey"]):
        yield RULE.finding(
            at=grant.at,
            text="outside KMS this needs the public key; add `kms:GetPublicKey`",
            choices=(Widening(Add(grant.statement, "Action", ("kms:GetPublicKey",))),),
            confidence=grant.confidence,
        )
