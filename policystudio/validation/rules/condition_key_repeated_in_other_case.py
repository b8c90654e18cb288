"""The same condition key stands twice under one operator, in different letter case.

Why it matters: both would have to hold, and the one in the wrong case never does.
What to do: merge the two.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"StringEquals": {"oss:Prefix": "a", "oss:prefix": "b"}}}],
    clean=[{"Condition": {"StringEquals": {"oss:Prefix": ["a", "b"]}}}],
    silenced_by=["members-differ-only-in-case"],
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    seen: set[tuple[str, str]] = set()
    for condition in statement.conditions:
        pair = (condition.operator.text, fold(condition.key.text))
        if pair in seen:
            yield RULE.finding(
                at=condition,
                text=f"{shown(condition.key.text)} stands twice, in different case; merge the two",
            )
        seen.add(pair)
