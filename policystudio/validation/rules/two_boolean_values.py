"""A boolean condition has several values.

Why it matters: RAM refuses the document.
What to do: keep one value, or remove the condition.

Source: RAM policy check, "Invalid condition multiple Boolean".
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Condition": {"Bool": {"acs:SecureTransport": ["true", "false"]}}}],
    clean=[{"Condition": {"Bool": {"acs:SecureTransport": ["true"]}}}],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if operator_of(condition) == "Bool" and len(condition.values) > 1:
        yield RULE.finding(at=condition, text="`Bool` takes one value; keep one or remove the condition")
