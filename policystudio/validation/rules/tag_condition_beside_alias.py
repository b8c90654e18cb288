"""A tag condition stands beside an alias.

Why it matters: an alias has no tag, so requests that name the key by its alias are refused.
What to do: remove the alias and let callers name the key by its id; a statement for the alias without the tag condition
may open keys that lack the tag.

Source: the documentation's note on the tag sample; that the condition never holds for an alias is inferred.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:alias/*"],
            "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}},
        }
    ],
    clean=[
        {"Action": "kms:Encrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
    ],
    only=(Only.ALLOW, Only.CONDITIONS),
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or not context.reach(statement).has_tag_condition:
        return
    fields = kms_fields(resource.text)
    if fields is not None and fields.relative_id.startswith("alias"):
        text = (
            "a tag condition probably never holds for an alias; let callers name the key by its id, as an alias "
            "statement without the tag may open keys without it"
        )
        removal = drop(resource, "Remove the alias; callers name the key by its id")
        yield RULE.finding(at=resource, text=text, confidence=INFERRED, choices=(removal,))
