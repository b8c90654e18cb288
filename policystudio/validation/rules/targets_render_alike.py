"""Separate regions give the same document.

Why it matters: the account gets several equal policies, and ten are the most that can be attached to one user.
What to do: combine the regions.
"""

from policystudio.ram import placeholders
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        Example(
            {"Resource": "acs:kms:cn-*:${account}:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"), Target("1234567890123456", "cn-shanghai")),
        )
    ],
    clean=[
        Example(
            {"Resource": "acs:kms:${region}:${account}:key/*"},
            targets=(Target("1234567890123456", "cn-hangzhou"), Target("1234567890123456", "cn-shanghai")),
        )
    ],
    silenced_by=["hard-coded-region"],
    only=(Only.SEVERAL_TARGETS,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.region_mode is not RegionMode.SEPARATE or len(context.targets) == len(context.target_accounts):
        return
    texts = [
        text
        for statement in document.statements
        for text in (
            *statement.resources,
            *statement.not_resources,
            *(value for condition in statement.conditions for value in condition.values),
        )
    ]
    if not any(placeholders.mentions_region(text.text) for text in texts):
        yield RULE.finding(at=document, text="the regions of an account give equal documents; combine them")
