"""A Deny has ended.

Why it matters: what it protected is open again.
What to do: set another end, or remove the statement.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.moments import ends_in
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import last_end

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Condition": {"DateLessThan": {"acs:CurrentTime": "2025-12-31T00:00:00Z"}}}],
    clean=[{"Effect": "Deny", "Condition": {"DateLessThan": {"acs:CurrentTime": "2026-12-31T00:00:00Z"}}}],
    silenced_in_statement_by=["window-never-open-in-deny"],
    only=(Only.DENY, Only.CONDITIONS),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    end = last_end(statement)
    if not statement.is_allow and end is not None and end[1] <= context.now:
        open_end = [
            DropCondition(condition, "Deny for good, without an end")
            for condition in statement.conditions
            if end[0] in condition.values
        ]
        yield RULE.finding(
            at=end[0],
            text=f"{shown(end[0].text)} is past, so this forbids nothing any more; set another end",
            choices=(*open_end, *ends_in(365, end[0], context.now)),
        )
