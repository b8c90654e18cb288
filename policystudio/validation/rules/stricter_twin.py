"""A statement has a condition, and another allows the same without it.

Why it matters: the condition limits nothing.
What to do: remove the statement without the condition.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.alike import MOST_COMPARED, includes
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        [
            {"Action": "kms:Decrypt"},
            {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        ]
    ],
    clean=[
        [
            {"Action": "kms:Encrypt"},
            {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        ]
    ],
    only=(Only.SEVERAL_STATEMENTS, Only.CONDITIONS),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    # Comparing each with each would take too long for a long document; one that long has other faults.
    allowing = [statement for statement in document.statements if statement.is_allow][:MOST_COMPARED]
    free = [statement for statement in allowing if not statement.conditions]
    for strict in allowing:
        wider = (
            next((other for other in free if includes(other, strict)), None) if strict.conditions else None
        )
        if wider is not None:
            text = f"statement {wider.index + 1} allows the same without the condition, so it limits nothing"
            choices = (
                RemoveStatements((wider,), f"Remove statement {wider.index + 1}, which lacks the condition"),
                RemoveStatements((strict,), "Remove this statement, which grants nothing more"),
            )
            yield RULE.finding(at=strict, text=text, choices=choices)
