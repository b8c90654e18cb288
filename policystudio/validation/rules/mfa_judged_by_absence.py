"""A Deny relies on `acs:MFAPresent` being false.

Why it matters: calls with an access key carry no such key, so the Deny does not stop them.
What to do: allow only with `acs:MFAPresent` true instead; where nothing is allowed here, in the policy that allows.

Source: a field report; that a positive operator does not hold for an absent key follows from the documentation.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import boolean
from policystudio.validation.choices.conditions import Require
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.choices.together import Together
from policystudio.validation.context import Context
from policystudio.validation.repairs import Repair
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Condition": {"Bool": {"acs:MFAPresent": "false"}}}],
    clean=[{"Condition": {"Bool": {"acs:MFAPresent": "true"}}}],
    only=(Only.DENY,),
)


_KEY = "acs:MFAPresent"


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if statement.is_allow or condition.key.text != _KEY or operator_of(condition) != "Bool":
        return
    if any(boolean.parse(value.text) is False for value in condition.values):
        yield RULE.finding(
            at=condition,
            text="calls with an access key carry no such key and pass; allow only with `true` instead",
            choices=_ask_where_allowed(statement, context),
        )


def _ask_where_allowed(deny: Statement, context: Context) -> tuple[Repair, ...]:
    """The second factor asked for by every Allow in the place of the Deny, which then has nothing left to take back."""
    allowing = [statement for statement in context.document.statements if statement.is_allow]
    asked = [Require(statement, "Bool", _KEY, "true") for statement in allowing if not _asks(statement)]
    if not allowing:
        return ()
    title = "Allow only with acs:MFAPresent true, in the place of this Deny"
    return (Together((*asked, RemoveStatements((deny,))), title),)


def _asks(statement: Statement) -> bool:
    return any(
        condition.key.text == _KEY
        and condition.operator.text == "Bool"
        and {boolean.parse(value.text) for value in condition.values} == {True}
        for condition in statement.conditions
    )
