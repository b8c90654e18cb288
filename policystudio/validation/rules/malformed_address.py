"""A value is neither an address nor a range.

Why it matters: nobody knows what RAM makes of it; an Allow may never hold, a Deny may never bite.
What to do: write an address such as `8.8.8.8` or a range such as `8.8.8.0/24`.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import without_value
from policystudio.validation.choices.networks import readings
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import unreadable

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.0/255.255.255.0"]}}},
        {"Condition": {"NotIpAddress": {"acs:SourceIp": ["010.0.0.1"]}}},
    ],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8", "2001:4860::/32"]}}}],
    silenced_by=[
        "prefix-length-out-of-range",
        "wildcard-in-address",
        "unknown-placeholder",
        "unclosed-placeholder",
    ],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, problem in unreadable(condition, "address"):
        yield RULE.finding(
            at=value,
            text=f"{shown(value.text)} is no address or range ({problem}); write one such as `8.8.8.0/24`",
            choices=(*readings(value), *without_value(value, condition, statement)),
        )
