"""A placeholder has no name.

Why it matters: it would stay in the document, and RAM would compare it literally.
What to do: write `${region}` or `${account}`.
"""

from policystudio.ram.document import Kind, Text
from policystudio.ram.finding import Severity
from policystudio.validation.blanks import fitting, found_in, replaced
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
            choices = [replaced(text, found, "${" + name + "}") for name in fitting(text, found)]
            text_of = "a placeholder without a name; write `${region}` or `${account}`"
            yield RULE.finding(at=text, text=text_of, choices=choices if is_replaced else ())
