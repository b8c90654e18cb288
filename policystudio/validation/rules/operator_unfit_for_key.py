"""An operator does not suit the type of its condition key.

Why it matters: a text comparison of an address or a moment fits only the very same spelling, if anything.
What to do: use the operator for the key's type.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import family_of
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import FAMILY_OF_TYPE, is_negated, known_key

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"StringEquals": {"acs:SourceIp": "8.8.8.8"}}},
        {"Condition": {"DateLessThan": {"kms:tag/Until": "2027-01-01T00:00:00Z"}}},
    ],
    clean=[{"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.8"]}}}],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    known = known_key(condition, context)
    family = family_of(condition.operator.text)
    if known is None or family is None or family.name == FAMILY_OF_TYPE.get(known.type):
        return
    fitting = context.catalogue.operators.get(known.type, ())
    operators = context.reach(statement).operators
    alone = operators[condition.operator.text] == 1
    instead = next((name for name in fitting if ("Not" in name) == is_negated(condition)), None)
    fix = Replace(condition.operator, instead) if alone and instead and instead not in operators else None
    yield RULE.finding(
        at=condition,
        text=f"`{condition.operator}` does not suit {shown(condition.key.text)}; use `{instead or fitting[0]}`",
        fix=fix,
    )
