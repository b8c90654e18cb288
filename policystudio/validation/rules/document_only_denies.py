"""The document only forbids.

Why it matters: beside other policies that is useful, alone it allows nothing.
What to do: make sure that another policy allows what is needed.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Effect": "Deny", "Action": "kms:ScheduleKeyDeletion"}],
    clean=[{"Action": "kms:DescribeKey"}],
    silenced_by=["deny-of-everything"],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if not any(statement.is_allow for statement in document.statements):
        yield RULE.finding(at=document, text="this only forbids; another policy has to allow what is needed")
