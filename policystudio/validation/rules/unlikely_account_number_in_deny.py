"""The account of a resource in a Deny, or in the exception of an Allow, does not have sixteen digits.

Why it matters: every account number seen has sixteen, so this one is probably mistyped, and forbids nothing.
What to do: compare it with the account page of the console; write `${account}` or `*` where the number does not matter.

Decision: that every account has sixteen digits is inferred, so it is a warning, even in a Deny.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.accounts import unlikely_number
from policystudio.validation.choices.resources import with_fields
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:123456:key/*"}],
    clean=[
        {"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
        {"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:*:key/*"},
        {"Resource": "acs:kms:cn-hangzhou:123456:key/*"},
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    text = unlikely_number(resource) if is_withholding(statement) else None
    if text is not None:
        everywhere = with_fields(resource, "Forbid it in every account", account="*")
        here = with_fields(resource, "Forbid it in the target's account alone", account="${account}")
        yield RULE.finding(
            at=resource,
            text=f"this may forbid nothing: {text}",
            confidence=INFERRED,
            # If there is such an account after all, the target's alone lets go of it.
            choices=(*everywhere, *map(Widening, here)),
        )
