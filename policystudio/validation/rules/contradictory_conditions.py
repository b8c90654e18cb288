"""The conditions of a statement cannot hold together.

Why it matters: the statement never holds, so it allows nothing.
What to do: correct one of the conditions.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.contradictions import contradictions
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Condition": {
                "StringEquals": {"kms:tag/Stage": "test"},
                "StringNotEquals": {"kms:tag/Stage": ["test", "live"]},
            }
        },
        {
            "Condition": {
                "IpAddress": {"acs:SourceIp": ["8.8.8.8"]},
                "NotIpAddress": {"acs:SourceIp": ["8.8.0.0/16"]},
            }
        },
    ],
    clean=[
        {
            "Condition": {
                "StringEquals": {"kms:tag/Stage": ["test", "live"]},
                "StringNotEquals": {"kms:tag/Stage": "live"},
            }
        }
    ],
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for condition in contradictions(statement) if statement.is_allow else ():
        key = shown(condition.key.text)
        text = (
            f"no value listed here meets the other conditions on {key}, so this allows nothing; correct one"
        )
        yield RULE.finding(at=condition, text=text)
