"""One policy may tag keys and uses keys that are chosen by tag.

Keys are chosen by tag too where a tag keeps them out: who changes or removes it brings them in. Rights on different
keys do not count, nor what a Deny without a condition takes back.

Why it matters: whoever has it can give any key the tag that is asked for, and then use it.
What to do: take tagging out.
"""

from policystudio.ram.document import Document, Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.meeting import meetings, sides
from policystudio.validation.reach import Grant
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import TAG_PREFIX, actions_without_key, is_negated

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        [
            {"Action": "kms:TagResource"},
            {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        ],
        [
            {"Action": "kms:UntagResource"},
            {"Action": "kms:Decrypt", "Condition": {"StringNotEquals": {"kms:tag/Env": "prod"}}},
        ],
    ],
    clean=[
        [{"Action": "kms:TagResource"}, {"Action": "kms:Decrypt"}],
        [
            {"Action": "kms:UntagResource"},
            {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        ],
        [
            {"Action": "kms:TagResource", "Resource": "acs:kms:*:1234567890123456:key/a"},
            {
                "Action": "kms:Decrypt",
                "Resource": "acs:kms:*:1234567890123456:key/b",
                "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}},
            },
        ],
        {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        {
            "Action": ["kms:TagResource", "kms:Decrypt"],
            "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}},
        },
    ],
    only=(Only.CONDITIONS,),
)

_TAGGING = ("kms:TagResource", "kms:TagResources")
_UNTAGGING = ("kms:UntagResource", "kms:UntagResources")


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    by_tag = [grant for grant in context.using if context.reach(grant.statement).has_tag_condition]
    but_for_tag = [grant for grant in context.using if _keeps_out(grant.statement)]
    into = meetings(_free(context, *_TAGGING), by_tag, context)
    out_of = meetings(_free(context, *_TAGGING, *_UNTAGGING), but_for_tag, context)
    both = into or out_of
    if both:
        tagging, using = both[0]
        what = "put the tag on any" if into else "change or remove the tag of a"
        text = f"`{tagging.action.name}` can {what} key that `{using.action.name}` then uses; take it out"
        taggers, _ = sides([*into, *out_of])
        title = "Leave out tagging and untagging"
        choices = tuple(leave_out((*_TAGGING, *_UNTAGGING), taggers, context, title))
        yield RULE.finding(at=tagging.at, text=text, choices=choices, confidence=both[0].confidence)


def _free(context: Context, *names: str) -> list[Grant]:
    return [grant for grant in context.grants(*names) if not _is_barred(grant, context)]


def _keeps_out(statement: Statement) -> bool:
    """Whether keys with a tag of some value are left out, which come in when the tag is changed or removed."""
    return any(
        condition.key.text.startswith(TAG_PREFIX) and is_negated(condition)
        for condition in statement.conditions
    )


def _is_barred(grant: Grant, context: Context) -> bool:
    """Whether the action is never allowed, as a tag is asked for that its requests never carry."""
    return any(
        condition.key.text.startswith(TAG_PREFIX)
        and not is_negated(condition)
        and grant.action in actions_without_key(condition, grant.statement, context)
        for condition in grant.statement.conditions
    )
