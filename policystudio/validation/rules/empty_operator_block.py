"""A condition operator holds no key.

Why it matters: it limits nothing, though a reader may take the statement for a restricted one.
What to do: remove the operator, or write the key and values that were meant.
"""

from policystudio.ram.document import Kind, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.position import escape
from policystudio.ram.reader import JsonObject
from policystudio.validation.context import Context
from policystudio.validation.members import RemoveMember, name_at
from policystudio.validation.repairs import value_at
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"Bool": {}}}],
    clean=[{"Condition": {}}, {"Condition": {"Bool": {"acs:SecureTransport": "true"}}}],
    kinds=tuple(Kind),
    only=(Only.CONDITION_BLOCK,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    block = value_at(context.document, f"{statement.path}/Condition")
    for operator in block.members if isinstance(block, JsonObject) else ():
        path = f"{statement.path}/Condition/{escape(operator.name)}"
        at = name_at(context.document, path)
        if at is not None and isinstance(operator.value, JsonObject) and not operator.value.members:
            yield RULE.finding(
                at=at,
                text=f"`{operator.name}` without a condition key limits nothing; remove it, or write the key",
                fix=RemoveMember(path, "Remove the empty operator"),
            )
