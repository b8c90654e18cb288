"""One policy may change aliases and uses keys by alias.

Rights on different aliases or different keys do not count, nor what a Deny without a condition takes back.

Why it matters: whoever has it can move the name to another key.
What to do: take the change of aliases out.
"""

from collections.abc import Iterable, Iterator

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.meeting import meetings
from policystudio.validation.reach import Grant
from policystudio.validation.rule import Notes, Rule

_CHANGING = ("kms:UpdateAlias", "kms:CreateAlias", "kms:DeleteAlias")

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {
            "Action": ["kms:UpdateAlias", "kms:Encrypt"],
            "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:alias/*"],
        },
        [
            {"Action": ["kms:UpdateAlias", "kms:Encrypt"], "Resource": "acs:kms:*:1234567890123456:alias/*"},
            {"Action": ["kms:UpdateAlias", "kms:Encrypt"], "Resource": "acs:kms:*:1234567890123456:key/*"},
        ],
    ],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:alias/*"],
        },
        [
            {
                "Action": "kms:UpdateAlias",
                "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:alias/a"],
            },
            {
                "Action": "kms:Encrypt",
                "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:alias/b"],
            },
        ],
    ],
    naming=_CHANGING,
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    changing = [*context.grants(*_CHANGING), *context.shared(*_CHANGING)]
    using = [grant for grant in context.using if grant.action.accepts_alias]
    named = meetings(changing, _by_alias(using, context), context, "alias") if changing else []
    # Moved to a key that may not be used, the name leads nowhere.
    if named and meetings(changing, using, context):
        moving, by_alias = named[0]
        text = f"`{moving.action.name}` moves the alias by which `{by_alias.action.name}` finds its key; take it out"
        allowing = [reach.statement for reach in context.allowing if not reach.is_blanket]
        choices = tuple(leave_out(_CHANGING, allowing, context, "Leave out the change of aliases"))
        yield RULE.finding(at=moving.at, text=text, choices=choices, confidence=named[0].confidence)


def _by_alias(using: Iterable[Grant], context: Context) -> Iterator[Grant]:
    """The same rights in each statement that lists an alias for them."""
    names = {grant.action.name for grant in using}
    for reach in context.allowing:
        if "alias" in reach.types:
            yield from (
                Grant(action, None, reach.statement) for action in reach.expanded if action.name in names
            )
