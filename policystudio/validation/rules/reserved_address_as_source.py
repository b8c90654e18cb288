"""A source address is one that no caller has.

Why it matters: loopback, link-local and multicast addresses never reach a service.
What to do: write the caller's public address.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import is_reserved, ranges
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"IpAddress": {"acs:SourceIp": ["127.0.0.1"]}}}],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8"]}}}],
    silenced_by=["example-value-left", "every-address"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, found in ranges(condition):
        if is_reserved(found.network):
            yield RULE.finding(
                at=value, text=f"{shown(value.text)} is an address that no caller has; write the public one"
            )
