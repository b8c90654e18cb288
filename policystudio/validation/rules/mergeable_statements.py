"""Two statements differ in one list only.

Why it matters: one statement says the same in less room.
What to do: merge the lists.
"""

from policystudio.ram.document import Document, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.patterns import fold
from policystudio.validation.alike import but_for_one_list
from policystudio.validation.choices.statements import Merge
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

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
    only=(Only.SEVERAL_STATEMENTS,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if len(document.statements) < 2:
        return
    seen: dict[object, Statement] = {}
    for statement in document.statements:
        if statement.sid is not None:
            continue
        for likeness in but_for_one_list(statement):
            if likeness in seen:
                earlier = seen[likeness]
                text = f"this differs from statement {earlier.index + 1} in one list only; merge the two"
                yield RULE.finding(at=statement, text=text, fix=_merged(earlier, statement, likeness))
                break
        for likeness in but_for_one_list(statement):
            seen.setdefault(likeness, statement)


def _merged(earlier: Statement, later: Statement, likeness: tuple[object, ...]) -> Merge:
    element = "Action" if likeness[0] == "actions" else "Resource"
    key = fold if element == "Action" else str
    there, here = (s.actions if element == "Action" else s.resources for s in (earlier, later))
    known = {key(entry.text) for entry in there}
    more = tuple(dict.fromkeys(entry.text for entry in here if key(entry.text) not in known))
    return Merge(earlier, later, element, more, f"Merge it into statement {earlier.index + 1}")
