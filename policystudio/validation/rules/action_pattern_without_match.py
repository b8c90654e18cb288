"""A pattern of actions fits no action that is known.

Why it matters: the entry grants nothing today, and whatever fits it tomorrow unseen.
What to do: correct the pattern or remove it.
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import Widening
from policystudio.validation.confidence import MISSING_ACTION
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, pattern_fixes, pattern_without_match
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:Encript*"}],
    clean=[{"Action": "kms:Encr*"}, {"Effect": "Deny", "Action": "kms:Encript*"}],
    silenced_by=["placeholder-out-of-place", "malformed-action"],
    kinds=tuple(Kind),
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if pattern_without_match(entry, context) and not is_restricting(statement):
        text = f"no known action fits {shown(entry.text)}; correct or remove it"
        meant = tuple(map(Widening, pattern_fixes(entry, context)))
        choices = (*meant, drop(entry, "Remove it, which removes no right of today"))
        yield RULE.finding(at=entry, text=text, choices=choices, confidence=MISSING_ACTION)
