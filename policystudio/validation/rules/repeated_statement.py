"""A statement says the same as an earlier one.

Why it matters: whoever removes the first believes that access has changed.
What to do: keep one of the two.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.alike import meaning_of
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[[{"Action": ["kms:Encrypt", "kms:Decrypt"]}, {"Action": ["kms:Decrypt", "kms:Encrypt"]}]],
    clean=[[{"Action": "kms:Encrypt"}, {"Action": "kms:Decrypt"}]],
    only=(Only.SEVERAL_STATEMENTS,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    seen: dict[object, int] = {}
    for statement in document.statements:
        meaning = meaning_of(statement)
        if meaning in seen:
            fix = RemoveStatements((statement,), "Remove the repetition, which changes nothing")
            text = f"this says the same as statement {seen[meaning] + 1}; remove one"
            yield RULE.finding(at=statement, text=text, fix=fix)
        seen.setdefault(meaning, statement.index)
