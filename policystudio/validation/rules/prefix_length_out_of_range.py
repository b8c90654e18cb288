"""The prefix length of a range is too large.

Why it matters: RAM cannot read the range.
What to do: use 0 to 32 for IPv4, 0 to 128 for IPv6.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import address
from policystudio.validation.choices.networks import other_lengths
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import unreadable

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0.0/40"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["2001:4860::/129"]}}},
    ],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.0/24"]}}}],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, problem in unreadable(condition, "address"):
        if address.prefix_out_of_range(value.text):
            choices = tuple(other_lengths(value))
            yield RULE.finding(at=value, text=f"{shown(value.text)}: {problem}", choices=choices)
