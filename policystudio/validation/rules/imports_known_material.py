"""One policy uses keys and may import key material.

Why it matters: whoever has it can work with a key that they know outside KMS.
What to do: take the import out.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": ["kms:GetParametersForImport", "kms:ImportKeyMaterial", "kms:Encrypt"]}],
    clean=[{"Action": ["kms:GetParametersForImport", "kms:ImportKeyMaterial"]}],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    importing = first(context.grants("kms:ImportKeyMaterial"))
    using = first(context.using)
    if importing is not None and using is not None:
        text = f"this imports material that is known outside, and `{using.action.name}` uses it; take the import out"
        allowing = [reach.statement for reach in context.allowing if not reach.is_blanket]
        uses = {grant.action.name for grant in context.using}
        choices = (
            *leave_out(["kms:ImportKeyMaterial"], allowing, context),
            *leave_out(uses, allowing, context, "Leave out the use of keys"),
        )
        yield RULE.finding(
            at=importing.at,
            text=text,
            choices=choices,
            confidence=weakest(importing.confidence, using.confidence),
        )
