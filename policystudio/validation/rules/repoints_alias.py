"""One policy may change aliases and uses keys by alias.

Why it matters: whoever has it can move the name to another key.
What to do: take the change of aliases out.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.rule import Notes, Rule

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
        }
    ],
)

_CHANGING = ("kms:UpdateAlias", "kms:CreateAlias", "kms:DeleteAlias")


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    changing = first(context.grants(*_CHANGING)) or first(context.shared(*_CHANGING))
    by_alias = first(g for g in context.using if g.action.accepts_alias and g.action.name in context.aliased)
    if changing is not None and by_alias is not None:
        text = f"`{changing.action.name}` moves the alias by which `{by_alias.action.name}` finds its key; take it out"
        allowing = [reach.statement for reach in context.allowing if not reach.is_blanket]
        choices = tuple(leave_out(_CHANGING, allowing, context, "Leave out the change of aliases"))
        yield RULE.finding(
            at=changing.at,
            text=text,
            choices=choices,
            confidence=weakest(changing.confidence, by_alias.confidence),
        )
