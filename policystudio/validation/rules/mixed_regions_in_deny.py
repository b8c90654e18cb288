"""A resource in a Deny, or in the exception of an Allow, names a region that is none of the targets.

Why it matters: in the targeted regions it forbids nothing, so there the calls that it names stay possible.
What to do: write `${region}`, or `*` where it is forbidden everywhere; or add the target.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import Target
from policystudio.validation.choices.resources import with_fields
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.naming import is_withholding
from policystudio.validation.regions import untargeted_region
from policystudio.validation.rule import Example, Notes, Rule

_TARGETS = (Target("1234567890123456", "cn-hangzhou"),)

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        Example({"Effect": "Deny", "Resource": "acs:kms:eu-central-1:${account}:key/*"}, targets=_TARGETS)
    ],
    clean=[
        Example({"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:${account}:key/*"}, targets=_TARGETS),
        Example({"Effect": "Deny", "Resource": "acs:kms:*:${account}:key/*"}, targets=_TARGETS),
        Example({"Resource": "acs:kms:eu-central-1:${account}:key/*"}, targets=_TARGETS),
        {"Effect": "Deny", "Resource": "acs:kms:eu-central-1:${account}:key/*"},
    ],
    silenced_by=["unknown-region-in-deny"],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    region = untargeted_region(resource, context) if is_withholding(statement) else None
    if region is not None:
        everywhere = with_fields(resource, "Forbid it in every region", region="*")
        here = with_fields(resource, "Forbid it in the target's region alone", region="${region}")
        yield RULE.finding(
            at=resource,
            text=f"{shown(region)} is no region of the targets, so this forbids nothing there; write `${{region}}`",
            choices=(*everywhere, *map(Widening, here)),
        )
