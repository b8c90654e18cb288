"""A condition key with an empty list of values leaves a statement without effect, or a Deny without limit.

Decision: RAM does not document empty lists. Read as alternatives, no value fits: a plain operator never holds, and a
negated one always does. Where that widens access the code is `condition-undone-by-empty-values`.

Why it matters: an Allow grants nothing, or a Deny refuses everyone.
What to do: write the values that were meant, or remove the key.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import family_of
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"StringEquals": {"kms:tag/Project": []}}},
        {"Effect": "Deny", "Condition": {"NotIpAddress": {"acs:SourceIp": []}}},
    ],
    clean=[
        {"Condition": {"StringEquals": {"kms:tag/Project": [""]}}},
        {"Effect": "Deny", "Condition": {"StringEquals": {"kms:tag/Project": []}}},
    ],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    family = family_of(condition.operator.text)
    if condition.values or family is None:
        return
    if statement.is_allow and not family.is_negated(condition.operator.text):
        text = "no value fits an empty list, so the statement probably grants nothing; write the values"
        choices = (
            RemoveStatements((statement,), "Remove the statement, which allows nothing"),
            Widening(DropCondition(condition, "Remove the condition")),
        )
        yield RULE.finding(at=condition, text=text, choices=choices)
    elif not statement.is_allow and family.is_negated(condition.operator.text):
        text = "no value fits an empty list, so the statement probably denies everyone; write the values"
        openly = DropCondition(condition, "Deny without the condition, which says the same")
        yield RULE.finding(at=condition, text=text, choices=(openly,))
