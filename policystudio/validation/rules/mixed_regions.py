"""A resource names a region that is none of the targets.

Why it matters: in the targeted regions the entry grants nothing; what it grants elsewhere is not meant.
What to do: write `${region}`, or add the target.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.render import Target
from policystudio.validation.choices.resources import corrections
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Example, Notes, Rule

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
    ],
    silenced_by=["unknown-region", "bare-placeholder-word", "hard-coded-region", "region-not-enabled"],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if (
        fields is None
        or not context.targets
        or not fields.region
        or has_wildcard(fields.region)
        or "$" in fields.region
    ):
        return
    if fields.region not in context.target_regions:
        fix = Replace(resource, str(fields._replace(region="${region}")), "Use the target's region")
        choices = corrections(
            [fix], resource, statement, removal="Remove it, with what it grants elsewhere", is_real=True
        )
        yield RULE.finding(
            at=resource,
            text=f"{shown(fields.region)} is no region of the targets; write `${{region}}`",
            choices=choices,
        )
