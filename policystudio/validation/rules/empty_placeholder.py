"""A placeholder has no name.

Why it matters: it would stay in the document, and RAM would compare it literally.
What to do: write `${region}` or `${account}`.
"""

from policystudio.ram.document import Kind, Text
from policystudio.ram.finding import Severity
from policystudio.validation.blanks import found_in
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Resource": "acs:kms:${}:${account}:key/*"}],
    clean=[{"Resource": "acs:kms:${region}:${account}:key/*"}],
    silenced_by=["placeholder-out-of-place"],
    kinds=tuple(Kind),
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    for found in found_in(text):
        if found.is_closed and not found.name.strip():
            yield RULE.finding(
                at=text, text="a placeholder without a name; write `${region}` or `${account}`"
            )
