"""A statement matches no request, whatever it carries.

Why it matters: it allows or forbids nothing; whoever reads it believes otherwise.
What to do: correct the conditions that cannot hold together, or remove the statement.
"""

from policystudio.analysis.idle import Why
from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.naming import SHAPE_CODES
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Condition": {
                "StringLike": {"kms:tag/Stage": "test-*"},
                "StringNotLike": {"kms:tag/Stage": "t*"},
            }
        },
        {
            "Condition": {
                "NumericLessThan": {"acs:MFAAge": "60"},
                "NumericGreaterThan": {"acs:MFAAge": "120"},
            }
        },
    ],
    clean=[
        {
            "Condition": {
                "StringLike": {"kms:tag/Stage": "t*"},
                "StringNotLike": {"kms:tag/Stage": "test-*"},
            }
        }
    ],
    silenced_in_statement_by=[
        *SHAPE_CODES,
        "contradictory-conditions",
        "contradictory-conditions-in-deny",
        "empty-condition-values",
        "statement-grants-nothing",
        "window-never-open",
        "window-never-open-in-deny",
    ],
    only=(Only.SEVERAL_CONDITIONS,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for idle in context.idle:
        if idle.statement != statement.index or idle.why is not Why.EMPTY or idle.path != statement.path:
            continue
        at = next((each for each in statement.conditions if each.path in idle.conditions), None)
        if at is None:
            continue
        what = "allows" if statement.is_allow else "forbids"
        text = (
            f"no value of {shown(at.key.text)} meets all conditions here, so this {what} nothing; correct one"
        )
        removal = RemoveStatements((statement,), f"Remove the statement, which {what} nothing")
        yield RULE.finding(at=at, text=text, choices=(removal,))
