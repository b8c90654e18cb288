"""A placeholder has a name that is not known.

Why it matters: it would stay in the document, and RAM would compare it literally.
What to do: write `${region}` or `${account}`.
"""

from policystudio.catalog.lookup import nearest
from policystudio.ram import placeholders
from policystudio.ram.document import Kind, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.blanks import found_in, is_runtime_variable, replaced
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Resource": "acs:kms:${regoin}:${account}:key/*"},
        {"Resource": "acs:kms:$<Region>:${account}:key/*"},
    ],
    clean=[
        {"Resource": "acs:kms:${region}:$<account>:key/*"},
        {"Resource": "acs:kms:*:*:secret/${acs:UserName}"},
    ],
    silenced_by=["placeholder-out-of-place"],
    kinds=tuple(Kind),
)


@RULE.for_each_text
def check(text: Text, is_replaced: bool, context: Context) -> Notes:
    for found in found_in(text):
        name = found.name.strip()
        if not found.is_closed or not name or name in placeholders.KNOWN or is_runtime_variable(found):
            continue
        known = nearest(name, placeholders.KNOWN)
        meant = f"did you mean `${{{known}}}`?" if known else "only `${region}` and `${account}` are known"
        fix = replaced(text, found, "${" + known + "}") if known else None
        yield RULE.finding(
            at=text, text=f"unknown placeholder {shown(text.text[found.start : found.end])}; {meant}", fix=fix
        )
