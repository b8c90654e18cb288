"""Two statements have the same `Sid`.

Why it matters: whoever speaks of a statement by its id, in a review or in a log, may mean the other one.
What to do: give each statement its own id, or none.
"""

from policystudio.ram.document import Document, Kind
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[[{"Sid": "Keys"}, {"Sid": "Keys", "Action": "kms:ListKeys"}]],
    clean=[[{"Sid": "Keys"}, {"Sid": "keys", "Action": "kms:ListKeys"}]],
    kinds=tuple(Kind),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    first: dict[str, int] = {}
    for statement in document.statements:
        if statement.sid is None:
            continue
        earlier = first.setdefault(statement.sid.text, statement.index)
        if earlier != statement.index:
            text = f"statement {earlier + 1} has the id {shown(statement.sid.text)} too; give each its own"
            yield RULE.finding(at=statement.sid, text=text)
