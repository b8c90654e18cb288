"""Only private addresses are let in by `acs:SourceIp`.

The documentation's own sample does it with two.

Why it matters: KMS sees the caller's public address there, so a private one never fits and nobody is let in.
What to do: write the public addresses, or use `acs:SourceVpc` or `acs:VpcSourceIp`.

Source: KMS, condition keys.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import SOURCE_KEY, is_private, ranges
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.confidence import DOCUMENTED
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import is_negated

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"IpAddress": {"acs:SourceIp": ["192.168.0.0/16", "172.16.215.218"]}}}],
    clean=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8", "10.0.0.1"]}}},
        {"Condition": {"IpAddress": {"acs:VpcSourceIp": ["10.0.0.1"]}}},
    ],
    only=(Only.ALLOW,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    found = list(ranges(condition))
    if (
        condition.key.text != SOURCE_KEY
        or not statement.is_allow
        or is_negated(condition)
        or len(found) < len(condition.values)
    ):
        return
    if all(is_private(item.network) for _, item in found):
        for value, _ in found:
            text = f"{shown(value.text)} is private and never fits, `{SOURCE_KEY}` is public; use `acs:SourceVpc`"
            choices = (
                Widening(Replace(condition.key, "acs:VpcSourceIp", "Ask for acs:VpcSourceIp")),
                RemoveStatements((statement,), "Remove the statement, which allows nothing"),
            )
            yield RULE.finding(at=value, text=text, choices=choices, confidence=DOCUMENTED)
