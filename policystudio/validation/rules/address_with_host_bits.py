"""A range has bits set behind its prefix.

Why it matters: nobody documents whether RAM takes the range or refuses it.
What to do: write the first address of the range.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import ranges
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8/24"]}}}],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.0/24"]}}}],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, found in ranges(condition):
        if found.has_host_bits:
            written = str(found.network)
            yield RULE.finding(
                at=value,
                text=f"{shown(value.text)} has bits behind its prefix; the range is {shown(written)}",
                fix=Replace(value, written),
            )
