"""An action is listed beside a pattern that already includes it.

Why it matters: the entry grants nothing; whoever removes it believes that access is gone.
What to do: remove the entry, or better the pattern.
"""

from policystudio.ram.document import Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import covers, fold
from policystudio.validation.context import Context
from policystudio.validation.entries import covered_entries, without_all
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": ["kms:Describe*", "kms:DescribeKey"]}],
    clean=[{"Action": ["kms:Describe*", "kms:ListKeys"]}],
    silenced_by=["repeated-action"],
    kinds=tuple(Kind),
    only=(Only.SEVERAL_ACTIONS, Only.WILDCARD_IN_ACTION),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for same, pattern in covered_entries((*statement.actions, *statement.not_actions), covers, fold):
        text = f"{shown(same[0].text)} is already included in {shown(pattern.text)}; remove one of the two"
        fix = without_all(same, "Remove the entry, which removes no right")
        yield RULE.finding(at=same[0], text=text, fix=fix)
