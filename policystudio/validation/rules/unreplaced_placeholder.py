"""A rendered document still holds a placeholder.

Why it matters: RAM knows no variables and would compare the text as it stands.
What to do: use `${region}` and `${account}` only, in resources and condition values.
"""

from collections.abc import Iterator

from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target
from policystudio.validation.blanks import found_in
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


def _filled(statement: Statement) -> Iterator[Text]:
    """The texts in which placeholders are replaced."""
    yield from (*statement.resources, *statement.not_resources)
    for condition in statement.conditions:
        yield from condition.values


def _keeps_one(text: Text) -> bool:
    return any(not found.is_known for found in found_in(text))


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    refused = context.refused
    if refused is None:
        return
    # The path of the refusal counts the entries of what was rendered, where some are repeated or fall together.
    left = (text for statement in document.statements for text in _filled(statement) if _keeps_one(text))
    at = next(left, None) or text_at(document, refused.path)
    yield RULE.finding(
        at=at or document, text="a placeholder is left over after rendering; RAM would compare it literally"
    )
