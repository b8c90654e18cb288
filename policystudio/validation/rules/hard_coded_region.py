"""A source for several regions names one of them.

Why it matters: for the other targets the entry grants nothing.
What to do: write `${region}`.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Example, Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        Example(
            {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"), Target("1234567890123456", "cn-shanghai")),
        )
    ],
    clean=[
        Example(
            {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        )
    ],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is not None and len(context.target_regions) > 1 and fields.region in context.target_regions:
        fix = Replace(resource, str(fields._replace(region="${region}")), "Use each target's region")
        yield RULE.finding(
            at=resource, text="for the other regions this grants nothing; write `${region}`", fix=fix
        )
