"""A resource belongs to an account that is no target.

Why it matters: the entry works only if a key or secret policy over there allows it as well.
What to do: correct the account, or see to the policy of the key or secret.
"""

import re

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import Target
from policystudio.ram.resources import split
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule

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
    ],
    silenced_by=["unlikely-account-number"],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is None or not context.targets or not re.fullmatch(r"[0-9]+", fields.account):
        return
    if fields.account not in context.target_accounts:
        text = f"account {shown(fields.account)} is no target; the policy of its key or secret must allow this too"
        here = with_fields(resource, "Use the target's account", account="${account}")
        choices = corrections(
            here, resource, statement, removal="Remove it, with what it grants there", is_real=True
        )
        yield RULE.finding(at=resource, text=text, choices=choices)
