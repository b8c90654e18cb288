"""A resource names every account.

Why it matters: keys and secrets that other accounts share are included.
What to do: write `${account}`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.resources import limits
from policystudio.validation.context import Context
from policystudio.validation.expanse import is_every_account
from policystudio.validation.naming import kms_fields
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms:cn-hangzhou:*:key/key-hzz1234567890abcdefgh"},
        {"Resource": "acs:kms:cn-hangzhou:????????????????:key/key-hzz1234567890abcdefgh"},
    ],
    clean=[
        {"Resource": "acs:kms:${region}:${account}:key/key-hzz1234567890abcdefgh"},
        {"Effect": "Deny", "Resource": "acs:kms:*:*:key/*"},
    ],
    silenced_by=["effectively-every-resource", "every-kms-action-on-every-resource"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if (
        fields is not None
        and statement.is_allow
        and not statement.not_resources
        and is_every_account(fields.account)
    ):
        choices = tuple(limits(resource, fields, "account", sorted(context.target_accounts)))
        yield RULE.finding(
            at=resource, text="this includes every account; write `${account}`", choices=choices
        )
