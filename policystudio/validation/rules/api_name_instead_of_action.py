"""An operation of the API is named where RAM asks for other actions.

Why it matters: the entry grants nothing; the call is authorised under other names.
What to do: list the actions that the call asks for.
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Action": "kms:ReEncrypt"},
        {"Action": "kms:BatchGetSecretValue", "Resource": "acs:kms:*:*:secret/a"},
    ],
    clean=[{"Action": ["kms:ReEncryptFrom", "kms:ReEncryptTo"]}],
    kinds=tuple(Kind),
)


@RULE.for_each_action
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    action = context.catalogue.action(entry.text)
    if action is None or action.status != "unconfirmed":
        return
    instead = tuple(d.action for d in action.dependent_actions if d.when.startswith("always"))
    if instead:
        listed = " and ".join(f"`{name}`" for name in instead)
        repair = ReplaceByList(entry, instead, f"Write {listed}".replace("`", ""))
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} is authorised as {listed}; list that",
            **offer(repair, widens=not is_restricting(statement)),
        )
