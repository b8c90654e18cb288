"""A statement has ended.

Why it matters: it allows nothing any more.
What to do: set another end, or remove the statement.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.moments import ends_in
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import last_end

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2025-12-31T00:00:00Z"}}}],
    clean=[{"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-12-31T00:00:00Z"}}}],
    silenced_in_statement_by=["window-never-open"],
    only=(Only.ALLOW, Only.CONDITIONS),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    end = last_end(statement)
    if statement.is_allow and end is not None and end[1] <= context.now:
        yield RULE.finding(
            at=end[0],
            text=f"{shown(end[0].text)} is past, so this allows nothing; set another end",
            choices=(
                RemoveStatements((statement,), "Remove the statement, which allows nothing"),
                *map(Widening, ends_in(30, end[0], context.now)),
            ),
        )
