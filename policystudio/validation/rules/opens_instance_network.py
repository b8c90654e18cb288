"""The network of a KMS instance may be opened.

Why it matters: another network can then reach the instance.
What to do: leave it to the administrators of the instance.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.reach import by_place, names
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:UpdateKmsInstanceBindVpc", "Resource": "*"}],
    clean=[{"Action": "kms:GetKmsInstance", "Resource": "*"}],
    naming=("kms:UpdateKmsInstanceBindVpc", "kms:CreateNetworkRule", "kms:UpdateNetworkRule"),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    grants = context.grants("kms:UpdateKmsInstanceBindVpc", "kms:CreateNetworkRule", "kms:UpdateNetworkRule")
    for grant, opening in by_place(grants):
        text = (
            f"by {names(opening)} another network can probably reach the instance; leave it to administrators"
        )
        choices = tuple(leave_out([action.name for action in opening], [grant.statement], context))
        yield RULE.finding(at=grant.at, text=text, confidence=INFERRED, choices=choices)
