"""The same condition key stands twice under one operator, in different letter case.

Why it matters: both would have to hold, and the one in the wrong case never does.
What to do: merge the two.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"StringEquals": {"oss:Prefix": "a", "oss:prefix": "b"}}}],
    clean=[{"Condition": {"StringEquals": {"oss:Prefix": ["a", "b"]}}}],
    silenced_by=["members-differ-only-in-case"],
    only=(Only.SEVERAL_CONDITIONS,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    first: dict[tuple[str, str], Condition] = {}
    for condition in statement.conditions:
        pair = (condition.operator.text, fold(condition.key.text))
        if pair in first:
            yield RULE.finding(
                at=condition,
                text=f"{shown(condition.key.text)} stands twice, in different case; merge the two",
                choices=[
                    Widening(removal) if statement.is_allow else removal
                    for spelt in (condition, first[pair])
                    for removal in [DropCondition(spelt, f"Remove {spelt.key}")]
                ],
            )
        first.setdefault(pair, condition)
