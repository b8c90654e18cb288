"""A temporary statement lasts more than a year.

Why it matters: nobody will remember it by then.
What to do: choose a nearer end.
"""

from datetime import timedelta

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import last_end

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2030-12-31T00:00:00Z"}}}],
    clean=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-12-31T00:00:00Z"}}}],
)

_LONG = timedelta(days=366)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    end = last_end(statement)
    if statement.is_allow and end is not None and end[1] - context.now > _LONG:
        yield RULE.finding(
            at=end[0], text=f"{shown(end[0].text)} is more than a year away; choose a nearer end"
        )
