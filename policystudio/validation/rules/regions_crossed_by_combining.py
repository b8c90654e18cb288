"""Combined regions let the keys or secrets of one region meet the condition of another.

In the combined mode a text with `${region}` is repeated for each region, in the resources and in the condition apart.

Why it matters: `key/*` of every region is allowed with the condition value of any, which is more than separate regions
allow.
What to do: use separate regions, or leave `${region}` out of the condition.
"""

from collections import Counter

from policystudio.ram import placeholders
from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

_TWO = (Target("1234567890123456", "cn-hangzhou"), Target("1234567890123456", "cn-shanghai"))
_BOTH = {
    "Resource": "acs:kms:${region}:${account}:key/*",
    "Condition": {"StringEquals": {"kms:tag/Region": "${region}"}},
}

RULE = Rule(
    Severity.WARNING,
    triggers=[Example(_BOTH, targets=_TWO, region_mode=RegionMode.COMBINED)],
    clean=[
        Example(_BOTH, targets=_TWO),
        Example(_BOTH, targets=_TWO[:1], region_mode=RegionMode.COMBINED),
        Example(
            {**_BOTH, "Resource": "acs:kms:*:1234567890123456:key/*"},
            targets=_TWO,
            region_mode=RegionMode.COMBINED,
        ),
    ],
    only=(Only.SEVERAL_TARGETS,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    resources = (*statement.resources, *statement.not_resources)
    if not _combines(context) or not any(placeholders.mentions_region(each.text) for each in resources):
        return
    for value in condition.values:
        if placeholders.mentions_region(value.text):
            text = f"combined, resources of each region meet {shown(value.text)} of every region; use separate regions"
            yield RULE.finding(at=value, text=text)


def _combines(context: Context) -> bool:
    """Whether some document is for several regions."""
    regions = Counter(target.account for target in context.targets)
    return context.region_mode is RegionMode.COMBINED and max(regions.values(), default=0) > 1
