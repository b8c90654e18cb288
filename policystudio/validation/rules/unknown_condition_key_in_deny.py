"""A condition key in a Deny is not in the catalogue.

Why it matters: a key that no request carries never holds, so nothing is forbidden.
What to do: correct the spelling; if the key is newer than the catalogue, keep it.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.conditions import DropCondition, grows_when_met
from policystudio.validation.choices.widening import offer
from policystudio.validation.confidence import MISSING_KEY
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import KEY_CODES, nearest_key, unknown_key

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Effect": "Deny", "Condition": {"NotIpAddress": {"acs:SourceIpAddress": ["8.8.8.0/24"]}}}],
    clean=[{"Effect": "Deny", "Condition": {"NotIpAddress": {"acs:SourceIp": ["8.8.8.0/24"]}}}],
    silenced_by=KEY_CODES,
    only=(Only.DENY,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    message = None if statement.is_allow else unknown_key(condition, context)
    if message:
        meant = nearest_key(condition, context)
        offered = offer(
            Replace(condition.key, meant) if meant else None,
            widens=grows_when_met(condition, statement),
            beside=(DropCondition(condition, "Deny without the condition"),),
        )
        yield RULE.finding(at=condition, text=message, **offered, confidence=MISSING_KEY)
