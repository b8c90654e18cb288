"""Listing or creating is allowed without the container that it asks for.

Why it matters: the call is authorised on `…:key`, which `…:key/*` does not include.
What to do: add the container to the resources.

Source: KMS, use RAM to control access: a container is written without a slash.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.naming import SHAPE_CODES, sibling_resource
from policystudio.validation.reach import BLANKET_CODES
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.usability import missing_containers, sure_of_containers

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Action": ["kms:ListKeys", "kms:DescribeKey"], "Resource": "acs:kms:${region}:${account}:key/*"},
        {"Action": "kms:List*", "Resource": "acs:kms:${region}:${account}:secret/*"},
    ],
    clean=[
        {"Action": "kms:ListKeys", "Resource": "acs:kms:${region}:${account}:key"},
        {"Action": "kms:List*", "Resource": "acs:kms:${region}:${account}:secret*"},
    ],
    silenced_by=["wildcard-at-start-of-action"],
    silenced_in_statement_by=[*SHAPE_CODES, *BLANKET_CODES],
    only=(Only.ALLOW, Only.UNUSABLE_ACTION),
)


@RULE.for_each_action
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or not statement.actions:
        return
    for word in missing_containers(entry, statement, context):
        beside = sibling_resource(statement, word)
        addition = Add(statement, "Resource", (beside or "",), f"Add the {word} container")
        removal = drop(entry, "Remove the action, which removes no right")
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} also asks for the container `…:{word}`, which `{word}/…` does not include",
            **offer(
                addition if beside else None,
                widens=True,
                beside=() if has_wildcard(entry.text) else (removal,),
            ),
            confidence=sure_of_containers(entry, word, context.reach(statement)),
        )
