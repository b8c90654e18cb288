"""Access points of applications or their client keys may be created.

Why it matters: whoever holds a client key calls a KMS instance; RAM probably does not judge these calls.
What to do: leave it to the administrators of the instance.

Source: inferred, so each finding is a warning at most; no page says how RAM judges calls with a client key.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.reach import by_place, names
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:CreateClientKey", "Resource": "*"}],
    clean=[{"Action": "kms:ListClientKeys", "Resource": "*"}],
    naming=("kms:CreateClientKey", "kms:CreateApplicationAccessPoint"),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    grants = context.grants("kms:CreateClientKey", "kms:CreateApplicationAccessPoint")
    for grant, making in by_place(grants):
        text = f"calls with what comes of {names(making)} are probably not judged by RAM; leave it to administrators"
        choices = tuple(leave_out([action.name for action in making], [grant.statement], context))
        yield RULE.finding(at=grant.at, text=text, confidence=INFERRED, choices=choices)
