"""A placeholder is written with angle brackets.

Why it matters: it is read, but stored as `${…}`, so the text changes when it is saved.
What to do: write it with braces.
"""

from policystudio.ram.document import Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.blanks import found_in, replaced
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Resource": "acs:kms:$<region>:${account}:key/*"}],
    clean=[{"Resource": "acs:kms:${region}:${account}:key/*"}],
    silenced_by=["placeholder-out-of-place"],
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    for found in found_in(text):
        if found.is_angled and found.is_known:
            written = "${" + found.name + "}"
            yield RULE.finding(
                at=text, text=f"this is stored as {shown(written)}", fix=replaced(text, found, written)
            )
