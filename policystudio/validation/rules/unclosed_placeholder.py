"""A placeholder is not closed.

Why it matters: it would stay in the document, and RAM would compare it literally.
What to do: add the closing bracket.
"""

from policystudio.ram import placeholders
from policystudio.ram.document import Kind, Text
from policystudio.ram.finding import Severity
from policystudio.validation.blanks import found_in, replaced
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Resource": "acs:kms:${region:${account}:key/*"}],
    clean=[{"Resource": "acs:kms:${region}:${account}:key/*"}],
    silenced_by=["placeholder-out-of-place"],
    kinds=tuple(Kind),
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    for found in found_in(text):
        if found.is_closed:
            continue
        known = next((name for name in placeholders.KNOWN if found.name.startswith(name)), None)
        rest = found.name.removeprefix(known) if known else ""
        fix = replaced(text, found, "${" + known + "}" + rest) if known else None
        yield RULE.finding(at=text, text="a placeholder is not closed; add the bracket", fix=fix)
