"""A moment has no zone.

Why it matters: it is not documented whose midnight it would be.
What to do: add `Z` or an offset such as `+08:00`.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import date
from policystudio.validation.choices.moments import in_zones
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import unreadable

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-12-31T23:59:59"}}},
        {"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-12-31"}}},
    ],
    clean=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-12-31T23:59:59+08:00"}}}],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, _ in unreadable(condition, "date"):
        if date.lacks_zone(value.text):
            text = f"{shown(value.text)} has no zone; write date, time and `Z` or an offset"
            yield RULE.finding(at=value, text=text, choices=tuple(in_zones(value)))
