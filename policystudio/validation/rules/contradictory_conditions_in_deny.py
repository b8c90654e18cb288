"""The conditions of a Deny cannot hold together.

Why it matters: the statement never holds, so it forbids nothing.
What to do: correct one of the conditions.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.context import Context
from policystudio.validation.contradictions import contradictions
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {
            "Effect": "Deny",
            "Condition": {
                "StringEquals": {"kms:tag/Stage": "live"},
                "StringNotLike": {"kms:tag/Stage": "l*"},
            },
        }
    ],
    clean=[
        {
            "Effect": "Deny",
            "Condition": {
                "StringEquals": {"kms:tag/Stage": "live"},
                "StringNotLike": {"kms:tag/Stage": "t*"},
            },
        }
    ],
    only=(Only.DENY, Only.CONDITIONS),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for condition in () if statement.is_allow else contradictions(statement):
        key = shown(condition.key.text)
        text = (
            f"no value listed here meets the other conditions on {key}, so this forbids nothing; correct one"
        )
        removal = DropCondition(condition, "Deny without this condition")
        yield RULE.finding(at=condition, text=text, choices=(removal,))
