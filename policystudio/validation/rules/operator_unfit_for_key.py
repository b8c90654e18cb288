"""An operator does not suit the type of its condition key.

Why it matters: a text comparison of an address or a moment fits only the very same spelling, if anything.
What to do: use the operator for the key's type.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.operators import fitting
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_loosening, unfit_operator

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"StringEquals": {"acs:SourceIp": "8.8.8.8"}}},
        {"Condition": {"DateLessThan": {"kms:tag/Until": "2027-01-01T00:00:00Z"}}},
    ],
    clean=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8"]}}},
        {"Effect": "Deny", "Condition": {"StringEquals": {"acs:SourceIp": "8.8.8.8"}}},
    ],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    found = unfit_operator(condition, context) if not is_loosening(condition, statement) else None
    if found is None:
        return
    text, instead, confidence = found
    offered = fitting(condition, instead, widens=True)
    yield RULE.finding(at=condition, text=text, confidence=confidence, **offered)
