"""An Allow is taken back by a Deny.

Why it matters: a Deny overrides every Allow, so the statement grants nothing.
What to do: narrow the Deny, or remove the Allow.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.alike import MOST_COMPARED, includes
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[[{"Action": "kms:Decrypt"}, {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}]],
    clean=[
        [{"Action": "kms:Decrypt"}, {"Effect": "Deny", "Action": "kms:ScheduleKeyDeletion", "Resource": "*"}],
        [
            {"Action": "kms:Decrypt"},
            {
                "Effect": "Deny",
                "Action": "kms:*",
                "Resource": "*",
                "Condition": {"Bool": {"acs:SecureTransport": "false"}},
            },
        ],
    ],
    only=(Only.DENY,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    denying = [s for s in document.statements if not s.is_allow and not s.conditions][:MOST_COMPARED]
    for statement in [s for s in document.statements if s.is_allow][:MOST_COMPARED]:
        deny = next((other for other in denying if includes(other, statement)), None)
        if deny is not None:
            choices = (
                RemoveStatements((statement,), "Remove the statement, which allows nothing"),
                Widening(RemoveStatements((deny,), f"Remove statement {deny.index + 1}, the Deny")),
            )
            text = f"statement {deny.index + 1} takes all of this back; narrow it"
            yield RULE.finding(at=statement, text=text, choices=choices)
