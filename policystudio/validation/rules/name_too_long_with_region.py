"""The name of the policy is too long once the region is added.

Why it matters: separate regions give policies called `<name>-<region>`, and RAM takes 128 characters.
What to do: shorten the name, or combine the regions.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.ram.render import RegionMode, Target, ram_name
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.ERROR,
    triggers=[Example({}, name="x" * 120, targets=(Target("1234567890123456", "cn-hangzhou"),))],
    clean=[
        Example({}, name="x" * 120),
        Example(
            {},
            name="x" * 120,
            targets=(Target("1234567890123456", "cn-hangzhou"),),
            region_mode=RegionMode.COMBINED,
        ),
    ],
    silenced_by=["unfit-policy-name"],
    only=(Only.NAME, Only.TARGETS),
)

_MOST = 128


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.name is None or context.region_mode is not RegionMode.SEPARATE or not context.targets:
        return
    longest = max(context.target_regions, key=lambda region: (len(region), region))
    length = len(ram_name(context.name, context.region_mode, longest))
    if length > _MOST:
        text = f"with `-{longest}` the name has {length} characters, {length - _MOST} too many; shorten it"
        yield RULE.finding(at=document, text=text)
