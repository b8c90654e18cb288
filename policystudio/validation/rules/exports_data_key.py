"""Data keys may be exported to a foreign public key.

Why it matters: what they protect can be read outside, without any further call.
What to do: leave it out, unless an exchange with a partner needs it.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:ExportDataKey"}],
    clean=[{"Action": "kms:GenerateDataKey"}],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.grants("kms:ExportDataKey", "kms:GenerateAndExportDataKey"):
        text = f"`{grant.action.name}` hands data keys to a foreign public key; leave it out unless a partner needs it"
        choices = tuple(leave_out([grant.action.name], [grant.statement], context))
        yield RULE.finding(at=grant.at, text=text, choices=choices, confidence=grant.confidence)
