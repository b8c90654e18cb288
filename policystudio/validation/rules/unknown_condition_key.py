"""A condition key is not in the catalogue.

Why it matters: a key that no request carries never holds, so nothing is allowed.
What to do: correct the spelling; if the key is newer than the catalogue, keep it.

Decision: letter case of keys counts, as nobody documents otherwise.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.conditions import DropCondition, grows_when_met
from policystudio.validation.choices.widening import Widening, offer
from policystudio.validation.confidence import MISSING_KEY
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import KEY_CODES, nearest_key, unknown_key

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"IpAddress": {"acs:SourceIP": ["8.8.8.0/24"]}}},
        {"Condition": {"StringEquals": {"kms:Tag/Project": "Billing"}}},
    ],
    clean=[
        {"Condition": {"IpAddress": {"acs:SourceIp": ["8.8.8.0/24"]}}},
        {"Condition": {"StringEquals": {"oss:Prefix": "a"}}},
    ],
    silenced_by=KEY_CODES,
    only=(Only.ALLOW,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    message = unknown_key(condition, context) if statement.is_allow else None
    if message:
        meant = nearest_key(condition, context)
        yield RULE.finding(
            at=condition,
            text=message,
            confidence=MISSING_KEY,
            **offer(
                Replace(condition.key, meant) if meant else None,
                widens=grows_when_met(condition, statement),
                beside=(Widening(DropCondition(condition, "Remove the condition")),),
            ),
        )
