"""A Deny forbids only what no statement of the document allows, or what is forbidden anyway.

Why it matters: it changes nothing here; a reader believes that something is taken back.
What to do: keep it if it is to hold against other policies, otherwise remove it.
"""

from policystudio.analysis.idle import Why
from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        [
            {"Action": "kms:Decrypt", "Condition": {"Bool": {"acs:MFAPresent": "true"}}},
            {"Effect": "Deny", "Action": "kms:Decrypt", "Condition": {"Bool": {"acs:MFAPresent": "false"}}},
        ]
    ],
    clean=[
        [
            {"Action": "kms:Decrypt"},
            {"Effect": "Deny", "Action": "kms:Decrypt", "Condition": {"Bool": {"acs:MFAPresent": "false"}}},
        ]
    ],
    silenced_in_statement_by=["deny-without-effect"],
    only=(Only.SEVERAL_STATEMENTS, Only.DENY),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if not context.allowing:
        return  # a rule of its own says that the document only denies
    for idle in context.idle:
        if idle.path == statement.path and idle.why is Why.NOTHING_TO_DENY and not statement.is_allow:
            text = (
                "nothing here allows what this forbids; keep it only if it is to hold against other policies"
            )
            removal = RemoveStatements((statement,), "Remove the Deny")
            choices = (Widening(removal, "which may allow more beside other policies"),)
            yield RULE.finding(at=statement, text=text, choices=choices)
