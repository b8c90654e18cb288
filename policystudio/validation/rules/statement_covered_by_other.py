"""A statement grants nothing that another does not.

Why it matters: whoever removes it believes that access is gone.
What to do: remove it, or narrow the other one.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.alike import MOST_COMPARED, includes
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[[{"Action": "kms:Describe*"}, {"Action": "kms:DescribeKey"}]],
    clean=[[{"Action": "kms:Describe*"}, {"Action": "kms:Decrypt"}]],
    silenced_by=["repeated-statement"],
    only=(Only.SEVERAL_STATEMENTS,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    plain = [s for s in document.statements if not s.conditions][:MOST_COMPARED]
    for statement in plain:
        for other in plain:
            if other is statement or other.effect is not statement.effect or not includes(other, statement):
                continue
            # Two that include each other are equal, and only the later one is told of.
            if other.index < statement.index or not includes(statement, other):
                text = f"statement {other.index + 1} includes all of this; remove it or narrow that one"
                fix = RemoveStatements((statement,), "Remove the statement, which changes nothing")
                yield RULE.finding(at=statement, text=text, fix=fix)
                break
