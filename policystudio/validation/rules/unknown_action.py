"""An action is not in the catalogue of its service.

RAM accepts names that do not exist, so nothing tells the author that the entry grants nothing.

Why it matters: the call that was meant stays forbidden, and nobody sees why.
What to do: correct the spelling; if the action is newer than the catalogue, keep it.
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import offer
from policystudio.validation.confidence import MISSING_ACTION
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, spelling_fix, unknown_action
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:Encypt"}],
    clean=[
        {"Action": "kms:Encrypt"},
        {"Action": "oss:GetObjects"},
        {"Effect": "Deny", "Action": "kms:Encypt"},
    ],
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
    message = unknown_action(entry, context) if not is_restricting(statement) else None
    if message:
        yield RULE.finding(
            at=entry,
            text=message,
            **offer(
                spelling_fix(entry, context),
                widens=True,
                beside=(drop(entry, "Remove it, which removes no right"),),
            ),
            confidence=MISSING_ACTION,
        )
