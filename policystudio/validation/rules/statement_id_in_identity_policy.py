"""A custom policy gives a statement a `Sid`.

Source: ram-language, section 1: `Sid` is documented for key and secret policies only, but custom policies with it are
seen at work.

Why it matters: what is not documented may be refused one day.
What to do: leave it out if nothing needs it.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.members import RemoveMember, name_at
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Sid": "Keys"}],
    clean=[{}],
    only=(Only.SID,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    at = name_at(context.document, f"{statement.path}/Sid") if statement.sid else None
    if at is not None:
        yield RULE.finding(
            at=at,
            text="`Sid` is not documented for custom policies; leave it out if nothing needs it",
            fix=RemoveMember(at.path, "Remove the Sid"),
        )
