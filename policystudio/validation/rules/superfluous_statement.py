"""A statement changes nothing, as others say all of it.

Why it matters: whoever removes or corrects it believes that access has changed.
What to do: remove it, or narrow the others.
"""

from policystudio.analysis.idle import Why
from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        [
            {
                "Action": ["kms:Decrypt", "kms:Encrypt"],
                "Condition": {"IpAddress": {"acs:SourceIp": "8.0.0.0/8"}},
            },
            {"Action": "kms:Decrypt", "Condition": {"IpAddress": {"acs:SourceIp": "8.8.8.0/24"}}},
        ]
    ],
    clean=[
        [
            {
                "Action": ["kms:Decrypt", "kms:Encrypt"],
                "Condition": {"IpAddress": {"acs:SourceIp": "8.8.0.0/16"}},
            },
            {"Action": "kms:Decrypt", "Condition": {"IpAddress": {"acs:SourceIp": "9.9.9.0/24"}}},
        ]
    ],
    silenced_in_statement_by=["repeated-statement", "statement-covered-by-other", "stricter-twin"],
    only=(Only.SEVERAL_STATEMENTS,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for idle in context.idle:
        if idle.path == statement.path and idle.why is Why.SHADOWED:
            if idle.blame is None:
                text = "other statements together say all of this; remove it or narrow them"
            else:
                text = f"statement {idle.blame + 1} says all of this; remove it or narrow that one"
            fix = RemoveStatements((statement,), "Remove the statement, which changes nothing")
            yield RULE.finding(at=statement, text=text, fix=fix)
