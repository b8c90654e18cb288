"""A single range of addresses is not in a list.

Why it matters: an older page allows only an address there, not a range.
What to do: write a list of one.

Source: ram-language, section 4, `acs:SourceIp`; newer samples use a single range.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.addresses import SOURCE_KEY, ranges
from policystudio.validation.context import Context
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"IpAddress": {"acs:SourceIp": "8.8.8.0/24"}}}],
    clean=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.0/24"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": "8.8.8.8"}}},
    ],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if condition.is_list or condition.key.text != SOURCE_KEY:
        return
    for value, found in ranges(condition):
        if found.has_prefix:
            fix = ReplaceByList(value, (value.text,), "Write a list of one")
            yield RULE.finding(
                at=value,
                text="an older page allows only an address as plain text; write a list of one",
                fix=fix,
            )
