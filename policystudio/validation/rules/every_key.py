"""Every key may be used for cryptography.

Why it matters: keys that are made later for other purposes are included.
What to do: name the keys, or choose them by tag; where none is named yet, only the author knows which.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.resources import only_those_named
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.reach import BLANKET_CODES
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {"Action": "kms:Decrypt", "Resource": "acs:kms:${region}:${account}:key/*"},
        {
            "Action": "kms:Decrypt",
            "Resource": [
                "acs:kms:${region}:${account}:key/*",
                "acs:kms:${region}:${account}:key/key-hzz1234567890abcdefgh",
            ],
        },
    ],
    clean=[
        {"Action": "kms:Decrypt"},
        {"Action": "kms:DescribeKey", "Resource": "acs:kms:${region}:${account}:key/*"},
        {
            "Action": "kms:Decrypt",
            "Resource": "acs:kms:${region}:${account}:key/*",
            "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}},
        },
    ],
    silenced_by=["every-resource", "effectively-every-resource", "decrypt-for-secret-on-every-key"],
    silenced_in_statement_by=BLANKET_CODES,
    only=(Only.ALLOW, Only.WILDCARD_IN_RESOURCE),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    reach = context.reach(statement)
    covering = reach.covering("key/*") if statement.is_allow and not reach.is_narrowed_by_tag else ()
    using = [grant.action for grant in reach.using()] if covering else []
    if using:
        for resource in covering:
            text = "this lets every key be used, also those made later; name keys or use a tag"
            choices = tuple(only_those_named(resource, statement, "key"))
            yield RULE.finding(at=resource, text=text, choices=choices, confidence=surest(using))
