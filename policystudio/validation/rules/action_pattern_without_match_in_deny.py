"""A Deny, or the exception of an Allow, has a pattern that fits no known action.

Why it matters: the pattern forbids nothing, so the calls that were meant stay possible.
What to do: correct the pattern; where none of the catalogue is near, only its author knows which actions were meant.
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.confidence import MISSING_ACTION
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, pattern_fixes, pattern_without_match
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Action": "kms:Delte*"}],
    clean=[{"Effect": "Deny", "Action": "kms:Delete*"}, {"Action": "kms:Delte*"}],
    silenced_by=["placeholder-out-of-place", "malformed-action"],
    kinds=tuple(Kind),
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if pattern_without_match(entry, context) and is_restricting(statement):
        text = f"no known action fits {shown(entry.text)}, so it forbids nothing; correct it"
        yield RULE.finding(
            at=entry, text=text, choices=pattern_fixes(entry, context), confidence=MISSING_ACTION
        )
