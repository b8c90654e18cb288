"""A placeholder has blanks around its name.

Why it matters: it would stay in the document, and RAM would compare it literally.
What to do: remove the blanks.
"""

from policystudio.ram import placeholders
from policystudio.ram.document import Kind, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.blanks import found_in, replaced
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Resource": "acs:kms:${ region }:${account}:key/*"}],
    clean=[{"Resource": "acs:kms:${region}:${account}:key/*"}],
    silenced_by=["placeholder-out-of-place"],
    kinds=tuple(Kind),
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    for found in found_in(text):
        name = found.name.strip()
        if found.is_closed and name != found.name and name in placeholders.KNOWN:
            written = "${" + name + "}"
            yield RULE.finding(
                at=text,
                text=f"blanks in a placeholder; write {shown(written)}",
                fix=replaced(text, found, written),
            )
