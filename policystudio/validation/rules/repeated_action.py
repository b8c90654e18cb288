"""An action is listed twice in one statement.

Why it matters: the second entry grants nothing; whoever removes the first believes that access is gone.
What to do: keep one of the two.
"""

from policystudio.ram.document import Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.validation.context import Context
from policystudio.validation.entries import repeated_entries
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": ["kms:Encrypt", "kms:Encrypt"]}, {"Action": ["kms:Encrypt", "kms:encrypt"]}],
    clean=[{"Action": ["kms:Encrypt", "kms:Decrypt"]}],
    kinds=tuple(Kind),
    only=(Only.SEVERAL_ACTIONS,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for entry in repeated_entries((*statement.actions, *statement.not_actions), fold):
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} is already listed; remove one",
            fix=Remove(entry, "Remove the repetition"),
        )
