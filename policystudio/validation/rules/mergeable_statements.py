"""Two statements differ in one list only.

Why it matters: one statement says the same in less room.
What to do: merge the lists.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.alike import but_for_one_list
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[[{"Action": "kms:Encrypt"}, {"Action": "kms:Decrypt"}]],
    clean=[
        [
            {"Action": "kms:Encrypt"},
            {"Action": "kms:GetSecretValue", "Resource": "acs:kms:*:1234567890123456:secret/a"},
        ]
    ],
    silenced_by=["repeated-statement", "statement-covered-by-other", "allow-cancelled-by-deny"],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    seen: dict[object, int] = {}
    for statement in document.statements:
        if statement.sid is not None:
            continue
        for likeness in but_for_one_list(statement):
            if likeness in seen:
                text = f"this differs from statement {seen[likeness] + 1} in one list only; merge the two"
                yield RULE.finding(at=statement, text=text)
                break
        for likeness in but_for_one_list(statement):
            seen.setdefault(likeness, statement.index)
