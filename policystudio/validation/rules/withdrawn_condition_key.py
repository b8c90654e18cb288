"""A condition key has another one in its place.

Why it matters: `acs:ResourceTag` is documented for other services, KMS gives `kms:tag` for the tags of its keys; a key
that KMS does not send never holds, so an Allow allows nothing and a Deny forbids nothing.
What to do: write `kms:tag/<name>`.
Source: catalogue, `acs:ResourceTag`; that KMS does not send it is inferred.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import grows_when_met
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import TAG_PREFIX, known_key

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Condition": {"StringEquals": {"acs:ResourceTag/Project": "Billing"}}},
        {"Effect": "Deny", "Condition": {"StringEquals": {"acs:ResourceTag/Project": "Billing"}}},
    ],
    clean=[
        {"Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        {
            "Action": "ecs:StopInstance",
            "Resource": "*",
            "Condition": {"StringEquals": {"acs:ResourceTag/team": "dev"}},
        },
    ],
)

_INSTEAD = {"acs:ResourceTag/": TAG_PREFIX}


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    known = known_key(condition, context)
    instead = _INSTEAD.get(known.prefix or "") if known is not None else None
    if known is None or instead is None or not context.reach(statement).only_kms:
        return
    key = condition.key.text
    written = instead + key[len(known.prefix or "") :]
    text = f"KMS probably never sends {shown(key)}; write {shown(written)}, which its pages give instead"
    offered = offer(Replace(condition.key, written), widens=grows_when_met(condition, statement))
    yield RULE.finding(at=condition, text=text, confidence=known.confidence, **offered)
