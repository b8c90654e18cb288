"""A condition limits nothing, as the other conditions or statements are no wider.

Why it matters: a reader believes that it protects something.
What to do: remove the condition, or the statement that makes it pointless.
"""

from policystudio.analysis.idle import Part
from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {
            "Condition": {
                "NumericLessThan": {"acs:MFAAge": "60"},
                "NumericLessThanEquals": {"acs:MFAAge": "120"},
            }
        }
    ],
    clean=[
        {
            "Condition": {
                "NumericGreaterThan": {"acs:MFAAge": "10"},
                "NumericLessThanEquals": {"acs:MFAAge": "120"},
            }
        }
    ],
    silenced_in_statement_by=["condition-always-true", "stricter-twin", "statement-covered-by-other"],
    only=(Only.CONDITIONS,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for idle in context.idle:
        if idle.statement == statement.index and idle.part is Part.CONDITION:
            at = next(each for each in statement.conditions if each.path == idle.path)
            text = f"without this condition on {shown(at.key.text)} the document allows the same; remove it"
            removal = DropCondition(at, "Remove the condition, which changes nothing")
            yield RULE.finding(at=at, text=text, choices=(removal,))
