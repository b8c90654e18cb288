"""An action that works on one key, alias or secret has only the container.

Why it matters: the container stands for the collection; its members are not included.
What to do: add the members, such as `key/*`.
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
from policystudio.validation.usability import is_usable

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:DescribeKey", "Resource": "acs:kms:${region}:${account}:key"}],
    clean=[{"Action": "kms:ListKeys", "Resource": "acs:kms:${region}:${account}:key"}],
    silenced_in_statement_by=SHAPE_CODES,
    only=(Only.ALLOW, Only.UNUSABLE_ACTION),
)


@RULE.for_each_action
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    action = context.catalogue.action(entry.text)
    if (
        action is None
        or not statement.is_allow
        or not statement.actions
        or is_usable(action, statement, context)
    ):
        return
    types = context.reach(statement).types
    for kind in action.resource_types:
        word = context.catalogue.resource_types[kind].word
        if kind not in types and f"{word}-container" in types:
            beside = sibling_resource(statement, word, f"{word}/*")
            addition = Add(statement, "Resource", (beside or "",), f"Grant it on every {word}")
            removal = drop(entry, "Remove the action, which removes no right")
            yield RULE.finding(
                at=entry,
                text=f"{shown(entry.text)} works on one {word}; add `{word}/…` beside the container",
                **offer(addition if beside else None, widens=True, beside=(removal,)),
                confidence=of_action(action),
            )
