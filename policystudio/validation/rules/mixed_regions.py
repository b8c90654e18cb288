"""A resource names a region that is none of the targets.

Why it matters: in the targeted regions the entry grants nothing; what it grants elsewhere is not meant.
What to do: write `${region}`, or add the target.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import Target
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.regions import untargeted_region
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        Example(
            {"Resource": "acs:kms:eu-central-1:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        )
    ],
    clean=[
        Example(
            {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        ),
        {"Resource": "acs:kms:eu-central-1:1234567890123456:key/*"},
        Example(
            {"Effect": "Deny", "Resource": "acs:kms:eu-central-1:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        ),
    ],
    silenced_by=["unknown-region", "region-not-enabled"],
    only=(Only.TARGETS,),
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    region = None if is_withholding(statement) else untargeted_region(resource, context)
    if region is not None:
        here = with_fields(resource, "Use the target's region", region="${region}")
        choices = corrections(
            here, resource, statement, removal="Remove it, with what it grants elsewhere", is_real=True
        )
        text = f"{shown(region)} is no region of the targets; write `${{region}}`"
        yield RULE.finding(at=resource, text=text, choices=choices)
