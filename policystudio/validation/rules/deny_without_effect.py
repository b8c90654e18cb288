"""A Deny forbids only what nothing in the document allows.

Why it matters: it changes nothing here; a reader believes that something is taken back.
What to do: keep it if it is to hold against other policies, otherwise remove it.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[[{"Action": "kms:Decrypt"}, {"Effect": "Deny", "Action": "kms:EnableKey"}]],
    clean=[
        [{"Action": ["kms:Decrypt", "kms:EnableKey"]}, {"Effect": "Deny", "Action": "kms:EnableKey"}],
        {"Effect": "Deny", "Action": "kms:EnableKey"},
    ],
    only=(Only.DENY,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if not context.allowing or any(
        entry.text == "*" for reach in context.allowing for entry in reach.statement.actions
    ):
        return
    allowed = {name for reach in context.allowing for name in reach.grants}
    for statement in document.statements:
        reach = context.reach(statement)
        if not statement.is_allow and reach.only_kms and reach.grants and allowed.isdisjoint(reach.grants):
            text = (
                "nothing here allows what this forbids; keep it only if it is to hold against other policies"
            )
            removal = RemoveStatements((statement,), "Remove the Deny")
            choices = (Widening(removal, "which may allow more beside other policies"),)
            yield RULE.finding(
                at=statement,
                text=text,
                choices=choices,
                confidence=surest(grant.action for grant in reach.grants.values()),
            )
