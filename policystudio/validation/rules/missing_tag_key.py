"""A condition on a tag does not say which tag.

Why it matters: no request carries a key without the tag's name.
What to do: write the name behind the slash, as in `kms:tag/Project`; which tag was meant only the author knows.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import lacks_tail

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"StringEquals": {"kms:tag": "Billing"}}},
        {"Condition": {"StringEquals": {"kms:tag/": "Billing"}}},
    ],
    clean=[{"Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}}],
    kinds=(Kind.IDENTITY, Kind.KEY_POLICY),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if lacks_tail(condition.key.text):
        yield RULE.finding(
            at=condition, text=f"{shown(condition.key.text)} does not say which; write `kms:tag/<name>`"
        )
