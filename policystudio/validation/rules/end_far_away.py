"""A temporary statement lasts more than a year.

Why it matters: nobody will remember it by then.
What to do: choose a nearer end.
"""

from datetime import timedelta

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.moments import in_days
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import last_end, moments

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2030-12-31T00:00:00Z"}}}],
    clean=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-12-31T00:00:00Z"}}}],
    only=(Only.ALLOW, Only.CONDITIONS),
)

_LONG = timedelta(days=366)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    end = last_end(statement)
    if statement.is_allow and end is not None and end[1] - context.now > _LONG:
        yield RULE.finding(
            at=end[0],
            text=f"{shown(end[0].text)} is more than a year away; choose a nearer end",
            choices=_nearer(statement, end[0], context),
        )


def _nearer(statement: Statement, end: Text, context: Context) -> list[Rewrite]:
    """Nearer ends in the place of all alternatives that are as far away."""
    condition = next(condition for condition in statement.conditions if end in condition.values)
    far = [value for value, moment in moments(condition) if moment - context.now > _LONG]
    choices = []
    for days in (30, 90, 365):
        text = in_days(days, context.now)
        choices.append(Rewrite(f"End in {days} days, {text}", tuple((value, (text,)) for value in far)))
    return choices
