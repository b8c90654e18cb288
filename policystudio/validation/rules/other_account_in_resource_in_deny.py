"""A resource in a Deny, or in the exception of an Allow, belongs to an account that is no target.

Why it matters: in the targeted accounts it forbids nothing, so there the calls that it names stay possible.
What to do: write `${account}`, or `*` where it is forbidden everywhere.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import Target
from policystudio.validation.accounts import untargeted_account
from policystudio.validation.choices.resources import with_fields
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.rule import Example, Notes, Rule

_TARGETS = (Target("1234567890123456", "cn-hangzhou"),)

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        Example({"Effect": "Deny", "Resource": "acs:kms:*:6543210987654321:key/*"}, targets=_TARGETS),
    ],
    clean=[
        Example({"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:key/*"}, targets=_TARGETS),
        Example({"Effect": "Deny", "Resource": "acs:kms:*:*:key/*"}, targets=_TARGETS),
        Example({"Resource": "acs:kms:*:6543210987654321:key/*"}, targets=_TARGETS),
        {"Effect": "Deny", "Resource": "acs:kms:*:6543210987654321:key/*"},
    ],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    account = untargeted_account(resource, context) if is_withholding(statement) else None
    if account is not None:
        everywhere = with_fields(resource, "Forbid it in every account", account="*")
        here = with_fields(resource, "Forbid it in the target's account alone", account="${account}")
        yield RULE.finding(
            at=resource,
            text=f"account {shown(account)} is no target, so this forbids nothing there; write `${{account}}`",
            choices=(*everywhere, *map(Widening, here)),
        )
