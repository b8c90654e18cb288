"""A placeholder is not closed.

Why it matters: it would stay in the document, and RAM would compare it literally.
What to do: add the closing bracket.
"""

from policystudio.ram import placeholders
from policystudio.ram.document import Kind, Text
from policystudio.ram.finding import Severity
from policystudio.validation.blanks import found_in, replaced
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Resource": "acs:kms:${region:${account}:key/*"},
        {"Resource": "acs:kms:${region:1234567890123456:key/*"},
    ],
    clean=[{"Resource": "acs:kms:${region}:${account}:key/*"}],
    silenced_by=["placeholder-out-of-place"],
    kinds=tuple(Kind),
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    found = next((found for found in found_in(text) if not found.is_closed), None)
    if found is None:
        return
    known = next((name for name in placeholders.KNOWN if found.name.startswith(name)), None)
    fix = None
    # What stands before another dollar sign may belong to the placeholder or not; a bracket there would be a guess.
    if known and not text.text.startswith("$", found.end):
        fix = replaced(text, found, "${" + known + "}" + found.name.removeprefix(known))
    choices = []
    if known and fix is None:
        closed = replaced(text, found, "${" + known + "}" + found.name.removeprefix(known))
        choices.append(Replace(text, closed.text))
    yield RULE.finding(at=text, text="a placeholder is not closed; add the bracket", fix=fix, choices=choices)
