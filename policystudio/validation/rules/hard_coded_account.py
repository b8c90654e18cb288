"""A source for several accounts names one of them.

Why it matters: for the other targets the entry works only if the policy of the key or secret allows it as well.
What to do: write `${account}`; in a Deny, `*`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target
from policystudio.ram.resources import split
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.resources import corrections
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        Example(
            {"Resource": "acs:kms:*:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"), Target("6543210987654321", "cn-hangzhou")),
        ),
        Example(
            {"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"), Target("6543210987654321", "cn-hangzhou")),
        ),
    ],
    clean=[
        Example(
            {"Resource": "acs:kms:*:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        )
    ],
    only=(Only.SEVERAL_TARGETS,),
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is not None and len(context.target_accounts) > 1 and fields.account in context.target_accounts:
        here = Replace(resource, str(fields._replace(account="${account}")), "Use each target's account")
        choices = corrections([here], resource, statement, removal=None, is_real=True)
        if statement.is_allow == bool(statement.not_resources):
            text = "the other accounts are left out; write `*`, as every account is to be kept out"
            everywhere = str(fields._replace(account="*"))
            fix = Rewrite("Name every account, which takes away more", ((resource, (everywhere,)),))
            yield RULE.finding(at=resource, text=text, fix=fix, choices=choices)
            return
        yield RULE.finding(
            at=resource,
            text="in the other accounts this works only if a key or secret policy allows it; write `${account}`",
            choices=choices,
        )
