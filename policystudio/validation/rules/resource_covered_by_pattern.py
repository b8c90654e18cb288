"""A resource is listed beside a pattern that already includes it.

Why it matters: the entry grants nothing; whoever removes it believes that access is gone.
What to do: remove the entry, or better the pattern.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.resources import covers_resource, is_everything, split
from policystudio.validation.context import Context
from policystudio.validation.entries import covered_entries, without_all
from policystudio.validation.naming import SHAPE_CODES
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Resource": ["acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:key/a"]}],
    clean=[{"Resource": ["acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:key"]}],
    silenced_by=["repeated-resource", *SHAPE_CODES],
    only=(Only.SEVERAL_RESOURCES, Only.WILDCARD_IN_RESOURCE),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for same, pattern in covered_entries((*statement.resources, *statement.not_resources), covers_resource):
        # Nobody says what `**` includes: the lone star is the only text without fields that includes anything.
        if not is_everything(pattern.text) and split(pattern.text) is None:
            continue
        text = f"{shown(same[0].text)} is already included in {shown(pattern.text)}; remove one of the two"
        fix = without_all(same, "Remove the entry, which removes no right")
        yield RULE.finding(at=same[0], text=text, fix=fix)
