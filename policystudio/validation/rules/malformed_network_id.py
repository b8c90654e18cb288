"""A private network is named otherwise than by its id.

Why it matters: `acs:SourceVpc` is compared with the id, so the condition never holds.
What to do: write the id, which begins with `vpc-`; a name does not tell which it is.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import without_value
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"StringEquals": {"acs:SourceVpc": "production"}}},
        {"Condition": {"StringEquals": {"acs:SourceVpc": ["vpc-bp1717bgs34gj0001", "production"]}}},
    ],
    clean=[
        {"Condition": {"StringEquals": {"acs:SourceVpc": "vpc-bp1717bgs34gj0001"}}},
        {"Condition": {"StringLike": {"acs:SourceVpc": "*"}}},
    ],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if condition.key.text == "acs:SourceVpc":
        for value in condition.values:
            if not value.text.startswith(("vpc-", "*", "?", "$")):
                text = f"{shown(value.text)} is no id of a private network; it begins with `vpc-`"
                yield RULE.finding(at=value, text=text, choices=without_value(value, condition, statement))
