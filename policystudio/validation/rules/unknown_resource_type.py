"""A resource of KMS has a type that does not exist.

Why it matters: it fits nothing, so nothing is granted.
What to do: write `key`, `alias` or `secret`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import offer
from policystudio.validation.confidence import MISSING_TYPE
from policystudio.validation.context import Context
from policystudio.validation.naming import meant, type_fix, unknown_type
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": "acs:kms:*:1234567890123456:keys/*"}],
    clean=[{"Resource": "acs:kms:*:1234567890123456:key/*"}, {"Resource": "acs:kms:*:1234567890123456:k*"}],
    silenced_by=[
        "wrong-case-in-resource",
        "resources-joined-by-comma",
        "unknown-placeholder",
        "unclosed-placeholder",
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    found = unknown_type(resource, context) if statement.is_allow else None
    if found:
        yield RULE.finding(
            at=resource,
            text=f"unknown resource type {shown(found[0])}{meant(found[1])}",
            **offer(
                type_fix(resource, found[1]),
                widens=True,
                beside=(drop(resource, "Remove it, which removes no right"),),
            ),
            confidence=MISSING_TYPE,
        )
