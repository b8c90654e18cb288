"""A source for several regions names one of them.

Why it matters: for the other targets the entry grants nothing, and in a Deny it forbids nothing.
What to do: write `${region}`; in a Deny, `*`.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.resources import corrections
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

_REGIONS = ("cn-hangzhou", "cn-shanghai")

RULE = Rule(
    Severity.WARNING,
    triggers=[
        Example(
            {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"), Target("1234567890123456", "cn-shanghai")),
        ),
        Example(
            {"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"), Target("1234567890123456", "cn-shanghai")),
        ),
    ],
    clean=[
        Example(
            {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"),),
        ),
        Example(
            {"Resource": [f"acs:kms:{region}:1234567890123456:key/key-{region}" for region in _REGIONS]},
            targets=tuple(Target("1234567890123456", region) for region in _REGIONS),
        ),
        Example(
            {"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"},
            targets=tuple(Target("1234567890123456", region) for region in _REGIONS),
            region_mode=RegionMode.COMBINED,
        ),
    ],
    only=(Only.SEVERAL_TARGETS,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    # One document for all regions leaves none out, nor does a list that names each of them.
    if len(context.target_regions) < 2 or context.region_mode is RegionMode.COMBINED:
        return
    resources = (*statement.resources, *statement.not_resources)
    read = [(resource, fields) for resource in resources if (fields := kms_fields(resource.text)) is not None]
    if context.target_regions <= {fields.region for _, fields in read}:
        return
    for resource, fields in read:
        if fields.region in context.target_regions:
            here = Replace(resource, str(fields._replace(region="${region}")), "Use each target's region")
            choices = corrections([here], resource, statement, removal=None, is_real=True)
            if statement.is_allow == bool(statement.not_resources):
                text = "the other regions are left out; write `*`, as every region is to be kept out"
                everywhere = str(fields._replace(region="*"))
                fix = Rewrite("Name every region, which takes away more", ((resource, (everywhere,)),))
                yield RULE.finding(at=resource, text=text, fix=fix, choices=choices)
                continue
            text = "for the other regions this grants nothing; write `${region}`"
            yield RULE.finding(at=resource, text=text, choices=choices)
