"""`Condition` is an empty object.

Source: ram-language, section 1: tutorials of the vendor have it; it is valid and the same as none.

Why it matters: a reader may take the statement for a restricted one.
What to do: remove it, or write the condition that was meant.
"""

from policystudio.ram.document import Kind, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.reader import JsonObject
from policystudio.validation.context import Context
from policystudio.validation.members import RemoveMember, name_at
from policystudio.validation.repairs import value_at
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {}}],
    clean=[{}, {"Condition": {"Bool": {"acs:SecureTransport": "true"}}}],
    kinds=tuple(Kind),
    only=(Only.CONDITION_BLOCK,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if statement.conditions:
        return
    path = f"{statement.path}/Condition"
    block = value_at(context.document, path)
    at = name_at(context.document, path) if isinstance(block, JsonObject) and not block.members else None
    if at is not None:
        yield RULE.finding(
            at=at,
            text="an empty `Condition` limits nothing; remove it, or write the condition that was meant",
            fix=RemoveMember(path, "Remove the empty condition"),
        )
