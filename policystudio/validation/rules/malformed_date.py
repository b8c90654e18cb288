"""A value is no moment.

Why it matters: nobody knows what RAM makes of it.
What to do: write date, time and zone, such as `2026-12-31T23:59:59+08:00`; what is no date only its author can read.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.moments import readings
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import unreadable

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"DateLessThan": {"acs:CurrentTime": "31.12.2026"}}},
        {"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-02-30T00:00:00Z"}}},
    ],
    clean=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-02-28T00:00:00Z"}}}],
    silenced_by=["date-without-zone"],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, problem in unreadable(condition, "date"):
        text = f"{shown(value.text)} is no moment ({problem}); write `2026-12-31T23:59:59+08:00`"
        yield RULE.finding(at=value, text=text, choices=tuple(readings(value)))
