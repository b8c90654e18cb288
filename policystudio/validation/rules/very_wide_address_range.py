"""A range of addresses is very wide.

Why it matters: millions of strangers are in it.
What to do: write the ranges that are yours, which only the author knows.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import lets_in, ranges
from policystudio.validation.choices.conditions import without_value
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.0.0.0/7"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.0.0.0/7", "1.1.1.0/24"]}}},
    ],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.0/24"]}}}],
    silenced_by=["every-address"],
)

_NARROWEST_WIDE = {4: 8, 6: 32}


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if lets_in(condition, statement):
        for value, found in ranges(condition):
            if 0 < found.network.prefixlen < _NARROWEST_WIDE[found.version]:
                yield RULE.finding(
                    at=value,
                    text=f"{shown(value.text)} is wider than `/{_NARROWEST_WIDE[found.version]}`; narrow it",
                    choices=without_value(value, condition, statement),
                )
