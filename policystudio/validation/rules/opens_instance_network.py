"""The network of a KMS instance may be opened.

Why it matters: another network can then reach the instance.
What to do: leave it to the administrators of the instance.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:UpdateKmsInstanceBindVpc", "Resource": "*"}],
    clean=[{"Action": "kms:GetKmsInstance", "Resource": "*"}],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.grants(
        "kms:UpdateKmsInstanceBindVpc", "kms:CreateNetworkRule", "kms:UpdateNetworkRule"
    ):
        text = f"`{grant.action.name}` probably lets another network reach the instance; leave it to administrators"
        choices = tuple(leave_out([grant.action.name], [grant.statement], context))
        yield RULE.finding(at=grant.at, text=text, confidence=INFERRED, choices=choices)
