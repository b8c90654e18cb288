"""An action is listed that needs no permission.

Why it matters: the entry has no effect; forbidding it has none either.
What to do: remove it. In a Deny it does no harm and may stay.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": ["kms:DescribeRegions", "kms:DescribeKey"]}],
    clean=[{"Action": "kms:DescribeKey"}],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    action = context.catalogue.action(entry.text)
    if action is not None and not action.authorization_required:
        fix = None if is_restricting(statement) else Remove(entry)
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} needs no permission; remove it",
            fix=fix,
            confidence=action.existence.confidence,
        )
