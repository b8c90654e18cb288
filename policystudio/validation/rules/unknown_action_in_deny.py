"""A Deny, or the exception of an Allow, names an action that is not in the catalogue.

Why it matters: RAM accepts the misspelt name, the call that was meant stays possible.
What to do: correct the spelling; if the action is newer than the catalogue, keep it.
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.confidence import MISSING_ACTION
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, spelling_fix, unknown_action
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Action": "kms:Decypt"}, {"NotAction": "kms:ScheduleKeyDeletio"}],
    clean=[{"Effect": "Deny", "Action": "kms:Decrypt"}, {"Action": "kms:Decypt"}],
    silenced_by=[
        "placeholder-out-of-place",
        "malformed-action",
        "space-around-value",
        "lookalike-letter",
        "invisible-character-in-value",
    ],
    kinds=tuple(Kind),
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    # Looking for what was meant takes the longest, so it comes last.
    message = unknown_action(entry, context) if is_restricting(statement) else None
    if message:
        text = (
            f"{message} This entry forbids nothing"
            if message.endswith("?")
            else f"{message}; it forbids nothing"
        )
        yield RULE.finding(at=entry, text=text, fix=spelling_fix(entry, context), confidence=MISSING_ACTION)
