"""RAM keeps five versions of a policy, and so many have been released.

Counted are our own releases with another text than the one before; what was published elsewhere is not known.

Why it matters: the next publication is refused unless it drops an old version.
What to do: let whatever publishes use `RotateStrategy`, or delete a version first.
Source: RAM, limits; CreatePolicyVersion.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target, ram_name
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

_TARGET = Target("1234567890123456", "cn-hangzhou")

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        Example(
            {},
            name="app",
            targets=(_TARGET,),
            published_versions={("1234567890123456", "app-cn-hangzhou"): 5},
        )
    ],
    clean=[
        Example(
            {},
            name="app",
            targets=(_TARGET,),
            published_versions={("1234567890123456", "app-cn-hangzhou"): 4},
        ),
        Example({}, name="app", targets=(_TARGET,)),
    ],
    only=(Only.NAME, Only.TARGETS),
)

MOST_VERSIONS = 5


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.name is None:
        return
    counts = {}
    for target in context.targets:
        name = ram_name(context.name, context.region_mode, target.region)
        counts[name, target.account] = context.published_versions.get((target.account, name), 0)
    full = sorted(pair for pair, count in counts.items() if count >= MOST_VERSIONS)
    if full:
        name, account = full[0]
        more = f" and {len(full) - 1} more" if len(full) > 1 else ""
        text = (
            f"`{name}` in account `{account}`{more} had {counts[full[0]]} versions released from here; RAM keeps "
            f"{MOST_VERSIONS}, so the next publication has to drop one"
        )
        yield RULE.finding(at=document, text=text)
