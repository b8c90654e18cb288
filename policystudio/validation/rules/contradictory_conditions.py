"""The conditions of a statement cannot hold together, or one cannot hold at all.

Why it matters: the statement never holds, so it allows nothing.
What to do: correct one of the conditions.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.addresses import adds_up_to_everything, ranges
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.contradictions import contradictions
from policystudio.validation.repairs import Repair
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import is_negated

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Condition": {
                "StringEquals": {"kms:tag/Stage": "test"},
                "StringNotEquals": {"kms:tag/Stage": ["test", "live"]},
            }
        },
        {
            "Condition": {
                "IpAddress": {"acs:SourceIp": ["8.8.8.8"]},
                "NotIpAddress": {"acs:SourceIp": ["8.8.0.0/16"]},
            }
        },
        {"Condition": {"NotIpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}},
    ],
    clean=[
        {
            "Condition": {
                "StringEquals": {"kms:tag/Stage": ["test", "live"]},
                "StringNotEquals": {"kms:tag/Stage": "live"},
            }
        },
        {
            "Condition": {
                "StringEquals": {"kms:tag/Region": "${region}"},
                "StringLike": {"kms:tag/Region": "cn-*"},
            }
        },
    ],
    only=(Only.ALLOW, Only.CONDITIONS),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if not statement.is_allow:
        return
    for condition in statement.conditions:
        if is_negated(condition) and adds_up_to_everything(item.network for _, item in ranges(condition)):
            text = "these are all addresses there are and none is left, so this allows nothing; write the ranges meant"
            yield RULE.finding(at=condition, text=text, choices=_choices(condition, statement))
    for condition in contradictions(statement):
        key = shown(condition.key.text)
        text = (
            f"no value listed here meets the other conditions on {key}, so this allows nothing; correct one"
        )
        yield RULE.finding(at=condition, text=text, choices=_choices(condition, statement))


def _choices(condition: Condition, statement: Statement) -> tuple[Repair, ...]:
    return (
        RemoveStatements((statement,), "Remove the statement, which allows nothing"),
        Widening(DropCondition(condition, "Remove this condition")),
    )
