"""A value is listed beside a pattern that already includes it.

Why it matters: it changes nothing; whoever removes it believes that access has changed.
What to do: remove the value, or better the pattern.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import string
from policystudio.ram.patterns import covers
from policystudio.validation.context import Context
from policystudio.validation.entries import covered_entries, without_all
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"StringLike": {"kms:tag/Project": ["bill*", "billing"]}}}],
    clean=[{"Condition": {"StringLike": {"kms:tag/Project": ["bill*", "sales"]}}}],
    silenced_by=["repeated-condition-value", "pattern-fits-everything"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if operator_of(condition) in string.PATTERN_OPERATORS:
        for same, pattern in covered_entries(condition.values, covers):
            text = (
                f"{shown(same[0].text)} is already included in {shown(pattern.text)}; remove one of the two"
            )
            fix = without_all(same, "Remove the value, which changes nothing")
            yield RULE.finding(at=same[0], text=text, fix=fix)
