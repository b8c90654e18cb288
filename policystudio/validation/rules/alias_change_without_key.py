"""Creating, changing or deleting an alias is allowed without the alias or without the key.

Why it matters: the call asks for both resources and is refused.
What to do: list the alias and the key.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import offer
from policystudio.validation.confidence import of_action
from policystudio.validation.context import Context
from policystudio.validation.naming import SHAPE_CODES, sibling_resource
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:UpdateAlias", "Resource": "acs:kms:${region}:${account}:alias/app"}],
    clean=[
        {
            "Action": "kms:UpdateAlias",
            "Resource": ["acs:kms:${region}:${account}:alias/app", "acs:kms:${region}:${account}:key/*"],
        },
        [
            {"Action": "kms:UpdateAlias", "Resource": "acs:kms:${region}:${account}:alias/app"},
            {"Action": "kms:UpdateAlias", "Resource": "acs:kms:${region}:${account}:key/*"},
        ],
    ],
    silenced_in_statement_by=SHAPE_CODES,
    only=(Only.ALLOW, Only.UNUSABLE_ACTION),
)


@RULE.for_each_action
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    action = context.catalogue.action(entry.text)
    if action is None or action.resource_match != "all" or not statement.is_allow or not statement.actions:
        return
    types = context.reach(statement).types
    if context.united(action):
        return
    missing = [kind for kind in action.resource_types if kind not in types]
    if missing and len(missing) < len(action.resource_types):
        text = f"{shown(entry.text)} asks for the alias and the key; add the {missing[0]}"
        there = "alias" if missing[0] == "key" else "key"
        beside = sibling_resource(statement, there, f"{missing[0]}/*")
        addition = Add(statement, "Resource", (beside or "",), f"Add every {missing[0]} beside it")
        removal = drop(entry, "Remove the action, which removes no right")
        yield RULE.finding(
            at=entry,
            text=text,
            **offer(addition if beside else None, widens=True, beside=(removal,)),
            confidence=of_action(action),
        )
