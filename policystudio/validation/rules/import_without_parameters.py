"""Key material may be imported, but the parameters for it not be fetched.

Why it matters: the material has to be wrapped with the key and token of `kms:GetParametersForImport`.
What to do: add that action.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:ImportKeyMaterial"}],
    clean=[{"Action": ["kms:ImportKeyMaterial", "kms:GetParametersForImport"]}],
    naming=("kms:ImportKeyMaterial",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    grant = first(context.grants("kms:ImportKeyMaterial"))
    if grant is not None and not context.allows(["kms:GetParametersForImport"]):
        addition = Add(grant.statement, "Action", ("kms:GetParametersForImport",))
        text = "the import needs `kms:GetParametersForImport` first; add it"
        yield RULE.finding(
            at=grant.at, text=text, **offer(addition, widens=True), confidence=grant.confidence
        )
