"""The time window of a Deny ends before it begins.

Why it matters: the statement never holds, so it forbids nothing.
What to do: swap the two moments, or correct one.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import first_start, last_end

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {
            "Effect": "Deny",
            "Condition": {
                "DateGreaterThan": {"acs:CurrentTime": "2026-06-02T00:00:00Z"},
                "DateLessThan": {"acs:CurrentTime": "2026-06-01T00:00:00Z"},
            },
        }
    ],
    clean=[
        {
            "Effect": "Deny",
            "Condition": {
                "DateGreaterThan": {"acs:CurrentTime": "2026-06-01T00:00:00Z"},
                "DateLessThan": {"acs:CurrentTime": "2026-06-02T00:00:00Z"},
            },
        }
    ],
    only=(Only.DENY, Only.CONDITIONS),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    start, end = first_start(statement), last_end(statement)
    if not statement.is_allow and start is not None and end is not None and start[1] > end[1]:
        yield RULE.finding(
            at=end[0],
            text=f"this is before the start, {shown(start[0].text)}, so this forbids nothing; correct one",
            choices=(
                Rewrite("Swap the two moments", ((start[0], (end[0].text,)), (end[0], (start[0].text,)))),
            ),
        )
