"""Data keys may be exported to a foreign public key.

Why it matters: what they protect can be read outside, without any further call.
What to do: leave it out, unless an exchange with a partner needs it.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.reach import by_place, names
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:ExportDataKey"}],
    clean=[{"Action": "kms:GenerateDataKey"}],
    naming=("kms:ExportDataKey", "kms:GenerateAndExportDataKey"),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant, exporting in by_place(context.grants("kms:ExportDataKey", "kms:GenerateAndExportDataKey")):
        text = f"by {names(exporting)} data keys go to a foreign public key; leave it out unless a partner needs it"
        choices = tuple(leave_out([action.name for action in exporting], [grant.statement], context))
        yield RULE.finding(at=grant.at, text=text, choices=choices, confidence=grant.confidence)
