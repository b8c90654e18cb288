"""Two statements have the same `Sid`.

Why it matters: whoever speaks of a statement by its id, in a review or in a log, may mean the other one.
What to do: give each statement its own id, or none.
"""

from itertools import count

from policystudio.ram.document import Document, Kind
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.members import RemoveMember
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[[{"Sid": "Keys"}, {"Sid": "Keys", "Action": "kms:ListKeys"}]],
    clean=[[{"Sid": "Keys"}, {"Sid": "keys", "Action": "kms:ListKeys"}]],
    kinds=tuple(Kind),
    only=(Only.SEVERAL_STATEMENTS, Only.SID),
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
            taken = {other.sid.text for other in document.statements if other.sid}
            fresh = next(each for each in (f"{statement.sid}{n}" for n in count(2)) if each not in taken)
            choices = (Replace(statement.sid, fresh), RemoveMember(statement.sid.path, "Remove this Sid"))
            yield RULE.finding(at=statement.sid, text=text, choices=choices)
