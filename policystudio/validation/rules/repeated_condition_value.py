"""A value is listed twice in one condition.

Why it matters: the second changes nothing; whoever removes the first believes that access has changed.
What to do: keep one of the two.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.entries import repeated_entries
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"StringEquals": {"kms:tag/Project": ["billing", "billing"]}}}],
    clean=[{"Condition": {"StringEquals": {"kms:tag/Project": ["billing", "Billing"]}}}],
    silenced_by=["two-boolean-values"],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value in repeated_entries(condition.values):
        yield RULE.finding(
            at=value, text=f"{shown(value.text)} is already listed; remove one", fix=Remove(value)
        )
