"""One of several source addresses is private.

Why it matters: KMS sees the caller's public address there, so this one never fits.
What to do: remove it, or use `acs:VpcSourceIp` in a statement of its own.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import SOURCE_KEY, is_private, ranges
from policystudio.validation.context import Context
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8", "10.0.0.1"]}}}],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8", "8.8.4.4"]}}}],
    silenced_by=["private-address-as-source", "private-address-excluded"],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    found = list(ranges(condition))
    private = [value for value, item in found if is_private(item.network)]
    if condition.key.text == SOURCE_KEY and len(private) < len(found):
        for value in private:
            text = (
                f"{shown(value.text)} is private and fits nothing, `{SOURCE_KEY}` sees public addresses only"
            )
            yield RULE.finding(at=value, text=text, fix=Remove(value, "Remove it, which removes no access"))
