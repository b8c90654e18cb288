"""In a Deny, or an exception of an Allow, an operator does not suit the type of its condition key.

Why it matters: a text comparison of an address or a moment fits only the very same spelling, so hardly anything is
forbidden or left out.
What to do: use the operator for the key's type.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.operators import fitting
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_loosening, unfit_operator

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Effect": "Deny", "Condition": {"StringEquals": {"acs:SourceIp": "8.8.8.8"}}},
        {"Condition": {"StringNotEquals": {"acs:SourceIp": "8.8.8.8"}}},
    ],
    clean=[
        {"Effect": "Deny", "Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8"]}}},
        {"Condition": {"StringEquals": {"acs:SourceIp": "8.8.8.8"}}},
    ],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    found = unfit_operator(condition, context) if is_loosening(condition, statement) else None
    if found is None:
        return
    text, instead, confidence = found
    offered = fitting(condition, instead, widens=False)
    effect = "leave anything out" if statement.is_allow else "forbid anything"
    yield RULE.finding(
        at=condition, text=f"{text}, as this may not {effect}", confidence=confidence, **offered
    )
