"""One policy may tag keys and uses keys that are chosen by tag.

Why it matters: whoever has it can put the tag on any key and then use it.
What to do: take tagging out.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import Grant, first
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import TAG_PREFIX, actions_without_key, is_negated

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        [
            {"Action": "kms:TagResource"},
            {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        ]
    ],
    clean=[
        [{"Action": "kms:TagResource"}, {"Action": "kms:Decrypt"}],
        {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        {
            "Action": ["kms:TagResource", "kms:Decrypt"],
            "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}},
        },
    ],
)

_TAGGING = ("kms:TagResource", "kms:TagResources", "kms:UntagResource", "kms:UntagResources")


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    tagging = first(
        grant
        for grant in context.grants(*_TAGGING)
        if "key" in context.reach(grant.statement).types and not _is_barred(grant, context)
    )
    by_tag = first(grant for grant in context.using if context.reach(grant.statement).has_tag_condition)
    if tagging is not None and by_tag is not None:
        text = f"`{tagging.action.name}` can put the tag on any key that `{by_tag.action.name}` then uses; take it out"
        allowing = [reach.statement for reach in context.allowing if not reach.is_blanket]
        choices = tuple(leave_out(_TAGGING, allowing, context, "Leave out tagging and untagging"))
        yield RULE.finding(
            at=tagging.at,
            text=text,
            choices=choices,
            confidence=weakest(tagging.confidence, by_tag.confidence),
        )


def _is_barred(grant: Grant, context: Context) -> bool:
    """Whether the action is never allowed, as a tag is asked for that its requests never carry."""
    return any(
        condition.key.text.startswith(TAG_PREFIX)
        and not is_negated(condition)
        and grant.action in actions_without_key(condition, grant.statement, context)
        for condition in grant.statement.conditions
    )
