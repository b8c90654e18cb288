"""One range of addresses includes another.

Why it matters: the narrower one changes nothing; whoever removes it believes that access is gone.
What to do: keep the one that is meant.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import ranges, within
from policystudio.validation.context import Context
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.0.0/16", "8.8.8.8"]}}}],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.0.0/16", "8.9.8.8"]}}}],
    silenced_by=["repeated-condition-value", "every-address"],
    kinds=(Kind.IDENTITY, Kind.KEY_POLICY),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    wider = None
    for value, found in sorted(
        ranges(condition), key=lambda pair: (pair[1].version, pair[1].network, pair[0].start)
    ):
        if wider is not None and within(found.network, wider):
            text = f"{shown(value.text)} lies in `{wider}`; keep the one that is meant"
            yield RULE.finding(at=value, text=text, fix=Remove(value, "Remove it, which removes no access"))
        else:
            wider = found.network
