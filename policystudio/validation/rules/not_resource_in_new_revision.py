"""A new revision uses `NotResource`.

Why it matters: the grammar has not listed it since 2021, and it grows with every new resource.
What to do: list the resources that are meant, which only the author knows.

Decision: documents that exist already are read with it; new revisions may not use it.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.ERROR,
    triggers=[Example({"NotResource": "acs:kms:*:*:key/a"}, stored=True)],
    clean=[Example({"NotResource": "acs:kms:*:*:key/a"}, stored=False), Example({}, stored=True)],
    only=(Only.LEFT_OUT_RESOURCES,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if context.stored and statement.not_resources:
        yield RULE.finding(
            at=statement.not_resources[0],
            text="`NotResource` is not taken in new revisions; list the resources",
        )
