"""A resource is listed twice in one statement.

Why it matters: the second entry grants nothing; whoever removes the first believes that access is gone.
What to do: keep one of the two.
"""

from policystudio.ram.document import Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.entries import repeated_entries
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Resource": ["acs:kms:*:1234567890123456:key/a", "acs:kms:*:1234567890123456:key/a"]}],
    clean=[{"Resource": ["acs:kms:*:1234567890123456:key/a", "acs:kms:*:1234567890123456:key/b"]}],
    kinds=tuple(Kind),
    only=(Only.SEVERAL_RESOURCES,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for resource in repeated_entries((*statement.resources, *statement.not_resources)):
        yield RULE.finding(
            at=resource, text=f"{shown(resource.text)} is already listed; remove one", fix=Remove(resource)
        )
