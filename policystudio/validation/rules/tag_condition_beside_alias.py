"""A tag condition stands beside an alias.

Why it matters: an alias has no tag, so requests that name the key by its alias are refused.
What to do: list the alias in a statement of its own, without the tag condition.

Source: the documentation's note on the tag sample; that the condition never holds for an alias is inferred.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.rule import Notes, Rule

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
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or not context.reach(statement).has_tag_condition:
        return
    fields = kms_fields(resource.text)
    if fields is not None and fields.relative_id.startswith("alias"):
        text = "a tag condition probably never holds for an alias; list the alias in a statement of its own"
        yield RULE.finding(at=resource, text=text, confidence=INFERRED)
