"""An action holds a question mark.

Why it matters: `?` stands for exactly one character, any one, and is mostly a slip.
What to do: write the name, or `*` if several are meant.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.actions import named
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting
from policystudio.validation.reach import BLANKET_CODES
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:Decryp?"}],
    clean=[{"Action": "kms:Decrypt"}],
    silenced_by=[
        "action-pattern-without-match",
        "action-pattern-without-match-in-deny",
        "deny-of-everything",
        *BLANKET_CODES,
    ],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if "?" in entry.text:
        text = f"`?` in {shown(entry.text)} stands for any one character; write the action's name"
        wider = Replace(entry, entry.text.replace("?", "*"), f"Write {entry.text.replace('?', '*')}")
        # Where access is taken away, what the pattern fits tomorrow is to be taken away as well.
        choices = (
            [wider] if is_restricting(statement) else [*named(entry, statement, context), Widening(wider)]
        )
        yield RULE.finding(at=entry, text=text, choices=choices)
