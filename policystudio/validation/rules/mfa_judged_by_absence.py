"""A Deny relies on `acs:MFAPresent` being false.

Why it matters: calls with an access key carry no such key, so the Deny does not stop them.
What to do: allow only with `acs:MFAPresent` true instead.

Source: a field report; that a positive operator does not hold for an absent key follows from the documentation.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import boolean
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Condition": {"Bool": {"acs:MFAPresent": "false"}}}],
    clean=[{"Condition": {"Bool": {"acs:MFAPresent": "true"}}}],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if statement.is_allow or condition.key.text != "acs:MFAPresent" or operator_of(condition) != "Bool":
        return
    if any(boolean.parse(value.text) is False for value in condition.values):
        yield RULE.finding(
            at=condition,
            text="calls with an access key carry no such key and pass; allow only with `true` instead",
        )
