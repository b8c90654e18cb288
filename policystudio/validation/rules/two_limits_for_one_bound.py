"""A bound has several values.

Why it matters: the values are alternatives, so only the widest counts.
What to do: keep that one.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import family_of
from policystudio.validation.choices.conditions import keep_only
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {"Condition": {"DateLessThan": {"acs:CurrentTime": ["2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"]}}}
    ],
    clean=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-06-01T00:00:00Z"}}}],
    silenced_by=["malformed-date", "date-without-zone", "malformed-number", "repeated-condition-value"],
    kinds=tuple(Kind),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    family = family_of(condition.operator.text)
    if family is None or "Than" not in condition.operator.text:
        return
    read = [(value, family.parse(value.text)) for value in condition.values]
    if len(read) < 2 or any(parsed is None for _, parsed in read):
        return
    widest = (max if "Less" in condition.operator.text else min)(read, key=lambda pair: pair[1])[0]
    title = f"Keep only {shown(widest.text)}, which says the same".replace("`", "")
    yield RULE.finding(
        at=condition,
        text=f"of several bounds only {shown(widest.text)} counts; keep that one",
        fix=keep_only(condition, lambda value: value is widest, title),
    )
