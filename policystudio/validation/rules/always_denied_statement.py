"""All that a statement allows is denied by others.

Why it matters: a Deny overrides every Allow, so the statement grants nothing.
What to do: narrow the Deny, or remove the Allow.
"""

from policystudio.analysis.idle import Why
from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        [
            {"Action": "kms:Decrypt", "Condition": {"Bool": {"acs:MFAPresent": "true"}}},
            {
                "Effect": "Deny",
                "Action": "kms:*",
                "Resource": "*",
                "Condition": {"Bool": {"acs:MFAPresent": ["true"]}},
            },
        ]
    ],
    clean=[
        [
            {"Action": "kms:Decrypt", "Condition": {"Bool": {"acs:MFAPresent": "true"}}},
            {
                "Effect": "Deny",
                "Action": "kms:*",
                "Resource": "*",
                "Condition": {"Bool": {"acs:MFAPresent": "false"}},
            },
        ]
    ],
    silenced_in_statement_by=["allow-cancelled-by-deny", "statement-grants-nothing"],
    only=(Only.SEVERAL_STATEMENTS, Only.ALLOW),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for idle in context.idle:
        if idle.path == statement.path and idle.why is Why.DENIED:
            who = "other statements together" if idle.blame is None else f"statement {idle.blame + 1}"
            verb = "deny" if idle.blame is None else "denies"
            yield RULE.finding(
                at=statement,
                text=f"{who} {verb} all that this allows; narrow the Deny or remove this",
                choices=(RemoveStatements((statement,), "Remove the statement, which allows nothing"),),
            )
