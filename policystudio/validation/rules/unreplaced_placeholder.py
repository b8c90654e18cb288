"""A rendered document still holds a placeholder.

Why it matters: RAM knows no variables and would compare the text as it stands.
What to do: use `${region}` and `${account}` only, in resources and condition values.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target
from policystudio.validation.context import Context
from policystudio.validation.repairs import text_at
from policystudio.validation.rule import Example, Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        Example(
            {"Resource": "acs:kms:${region}:${account}:secret/${acs:UserName}"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        )
    ],
    clean=[
        {"Resource": "acs:kms:${region}:${account}:secret/${acs:UserName}"},
        Example(
            {"Resource": "acs:kms:${region}:${account}:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        ),
    ],
    silenced_by=[
        "unknown-placeholder",
        "unclosed-placeholder",
        "empty-placeholder",
        "space-in-placeholder",
        "placeholder-out-of-place",
    ],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    refused = context.sizing.refused
    if refused is None:
        return
    at = text_at(document, refused.path)
    yield RULE.finding(
        at=at or document, text="a placeholder is left over after rendering; RAM would compare it literally"
    )
