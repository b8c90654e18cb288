"""A resource belongs to an account that is no target.

Why it matters: the entry works only if a key or secret policy over there allows it as well.
What to do: correct the account, or see to the policy of the key or secret.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import Target
from policystudio.validation.accounts import untargeted_account
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        Example(
            {"Resource": "acs:kms:*:6543210987654321:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        )
    ],
    clean=[
        Example(
            {"Resource": "acs:kms:*:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        ),
        {"Resource": "acs:kms:*:6543210987654321:key/*"},
        Example(
            {"Effect": "Deny", "Resource": "acs:kms:*:6543210987654321:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        ),
    ],
    only=(Only.TARGETS,),
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    account = None if is_withholding(statement) else untargeted_account(resource, context)
    if account is not None:
        text = f"account {shown(account)} is no target; the policy of its key or secret must allow this too"
        here = with_fields(resource, "Use the target's account", account="${account}")
        choices = corrections(
            here, resource, statement, removal="Remove it, with what it grants there", is_real=True
        )
        yield RULE.finding(at=resource, text=text, choices=choices)
