"""A pattern fits exactly one action today.

Why it matters: it may fit more tomorrow, without a review.
What to do: write the action's name.
"""

from policystudio.catalog.lookup import expand
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.confidence import of_existence
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:Enable*"}],
    clean=[
        {"Action": "kms:EnableKey"},
        {"Action": "kms:Describe*"},
        {"Effect": "Deny", "Action": "kms:Enable*"},
    ],
    silenced_by=["question-mark-in-action", "wildcard-in-service-prefix"],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    # Where access is taken away, what the pattern fits tomorrow is to be taken away as well.
    if is_restricting(statement):
        return
    known = expand(context.catalogue, entry.text)
    if has_wildcard(entry.text) and len(known) == 1:
        name = known[0].name
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} fits only `{name}` today; write that",
            fix=Replace(entry, name),
            confidence=of_existence(known),
        )
