"""The addresses of a condition are all there are.

Why it matters: the condition looks like a limit and limits nothing; where the addresses are those left out, it never
holds, and a Deny forbids nothing.
What to do: write the ranges that are meant.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.addresses import adds_up_to_everything, ranges
from policystudio.validation.choices.conditions import DropCondition, others_than
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import is_negated

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["::/0"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}},
        {"Effect": "Deny", "Condition": {"NotIpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}},
    ],
    clean=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.0.0.0/8"]}}},
        {"Condition": {"NotIpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}},
    ],
    kinds=(Kind.IDENTITY, Kind.KEY_POLICY),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if is_negated(condition) and statement.is_allow:
        return  # Allows nothing, which is no danger; `contradictory-conditions` says so.
    found = list(ranges(condition))
    if not adds_up_to_everything(item.network for _, item in found):
        return
    at = next((value for value, item in found if item.network.prefixlen == 0), condition)
    effect = "never holds and forbids nothing" if is_negated(condition) else "limits nothing"
    text = f"these are all addresses there are, so this {effect}; write the ranges that are meant"
    removal = DropCondition(condition, "Say it without the condition")
    everything = {value for value, item in found if item.network.prefixlen == 0}
    choices = (
        *others_than(everything, condition, statement),
        Widening(removal) if statement.is_allow else removal,
    )
    yield RULE.finding(at=at, text=text, choices=choices)
