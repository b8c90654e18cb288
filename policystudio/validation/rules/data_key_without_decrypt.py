"""Data keys may be made, but never opened again.

Why it matters: what is encrypted with them cannot be read with this policy.
What to do: allow `kms:Decrypt` too, or leave it to another policy on purpose.
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
    triggers=[{"Action": "kms:GenerateDataKey"}],
    clean=[{"Action": ["kms:GenerateDataKey", "kms:Decrypt"]}],
    silenced_by=["wildcard-at-start-of-action"],
    silenced_in_statement_by=["secret-creator-without-key-use"],
    naming=("kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    grant = first(context.grants("kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"))
    if grant is not None and not context.allows(["kms:Decrypt", "kms:CreateSecret", "kms:PutSecretValue"]):
        addition = Add(grant.statement, "Action", ("kms:Decrypt",))
        text = "a data key can be made here but not opened again; allow `kms:Decrypt` too"
        yield RULE.finding(at=grant.at, text=text, choices=(Widening(addition),), confidence=grant.confidence)
