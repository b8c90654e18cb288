"""A Deny, or the exception of an Allow, names an operation of the API where RAM asks for other actions.

Why it matters: the call is authorised under other names, so the entry forbids nothing.
What to do: list the actions that the call asks for.
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.entries import authorised_as, is_restricting
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Effect": "Deny", "Action": "kms:ReEncrypt"},
        {"Effect": "Deny", "Action": "kms:BatchGetSecretValue", "Resource": "acs:kms:*:*:secret/a"},
    ],
    clean=[
        {"Effect": "Deny", "Action": ["kms:ReEncryptFrom", "kms:ReEncryptTo"]},
        {"Action": "kms:ReEncrypt"},
    ],
    kinds=tuple(Kind),
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    needs = authorised_as(entry, context) if is_restricting(statement) else ()
    if needs:
        instead = tuple(need.action for need in needs)
        listed = " and ".join(f"`{name}`" for name in instead)
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} is authorised as {listed}, so this forbids nothing; list that",
            fix=ReplaceByList(entry, instead, f"Write {listed}".replace("`", "")),
            confidence=weakest(*(need.confidence for need in needs)),
        )
