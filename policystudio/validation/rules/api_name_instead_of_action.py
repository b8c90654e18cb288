"""An operation of the API is named where RAM asks for other actions.

Why it matters: the entry grants nothing; the call is authorised under other names.
What to do: list the actions that the call asks for.
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.widening import Widening
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.entries import authorised_as, is_restricting
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Action": "kms:ReEncrypt"},
        {"Action": "kms:BatchGetSecretValue", "Resource": "acs:kms:*:*:secret/a"},
    ],
    clean=[
        {"Action": ["kms:ReEncryptFrom", "kms:ReEncryptTo"]},
        {"Effect": "Deny", "Action": "kms:ReEncrypt"},
    ],
    kinds=tuple(Kind),
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    needs = () if is_restricting(statement) else authorised_as(entry, context)
    if needs:
        instead = tuple(need.action for need in needs)
        listed = " and ".join(f"`{name}`" for name in instead)
        repair = ReplaceByList(entry, instead, f"Write {listed}".replace("`", ""))
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} is authorised as {listed}; list that",
            choices=[Widening(repair)],
            confidence=weakest(*(need.confidence for need in needs)),
        )
