"""A placeholder stands where nothing is replaced.

Why it matters: placeholders are replaced in resources and condition values only; this one would stay.
What to do: write the value.
"""

from policystudio.ram.document import Kind, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.blanks import found_in
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Action": "kms:${account}"}, {"Condition": {"StringEquals": {"kms:tag/${region}": "a"}}}],
    clean=[
        {"Resource": "acs:kms:${region}:${account}:key/*"},
        {"Condition": {"StringEquals": {"kms:tag/Region": "${region}"}}},
    ],
    kinds=tuple(Kind),
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    if not is_replaced and next(found_in(text), None) is not None:
        yield RULE.finding(at=text, text=f"nothing is replaced in {shown(text.text)}; write the value itself")
