"""A source address is one that no caller has.

Why it matters: loopback, link-local and multicast addresses never reach a service, nor do the ranges that are set aside
for examples.
What to do: write the caller's public address, which only the author knows.

A range for examples is only a suggestion, as it harms nobody and is mostly there while something is tried out.
Source: RFC 5737, RFC 3849.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import is_for_examples, is_reserved, ranges
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["127.0.0.1"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8", "127.0.0.1"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}}},
    ],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8"]}}}],
    silenced_by=["example-value-left", "every-address"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, found in ranges(condition):
        if is_reserved(found.network):
            text = f"{shown(value.text)} is an address that no caller has; write the public one"
            removal = drop(value, "Remove the value, which no caller has")
            yield RULE.finding(at=value, text=text, choices=(removal,))
        elif is_for_examples(found.network):
            yield RULE.finding(
                at=value,
                text=f"{shown(value.text)} is set aside for examples and no caller has it; write your own range",
                severity=Severity.SUGGESTION,
            )
