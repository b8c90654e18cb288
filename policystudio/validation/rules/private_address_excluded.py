"""A Deny for all but private addresses denies everyone.

Why it matters: `acs:SourceIp` holds the caller's public address, which is never among them.
What to do: list the public addresses, or use `acs:VpcSourceIp`.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.addresses import SOURCE_KEY, is_private, ranges
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Condition": {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}}],
    clean=[{"Effect": "Deny", "Condition": {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8", "8.8.8.8"]}}}],
    only=(Only.DENY,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    found = list(ranges(condition))
    if (
        statement.is_allow
        or condition.key.text != SOURCE_KEY
        or condition.operator.text != "NotIpAddress"
        or not found
    ):
        return
    if all(is_private(item.network) for _, item in found):
        text = f"`{SOURCE_KEY}` sees public addresses only, so this denies everyone; list public addresses"
        choices = (
            Widening(Replace(condition.key, "acs:VpcSourceIp", "Ask for acs:VpcSourceIp")),
            DropCondition(condition, "Deny without the condition, which says the same"),
        )
        yield RULE.finding(at=condition, text=text, choices=choices)
