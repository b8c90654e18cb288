"""Keys or secrets may be listed, but not opened.

Why it matters: the console shows names and an error behind each.
What to do: add `kms:DescribeKey` or `kms:DescribeSecret`.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.reach import first
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:ListKeys", "Resource": "acs:kms:${region}:${account}:key"}],
    clean=[
        {
            "Action": ["kms:ListKeys", "kms:DescribeKey"],
            "Resource": ["acs:kms:*:1234567890123456:key", "acs:kms:*:1234567890123456:key/*"],
        }
    ],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for listing, describing in (
        ("kms:ListKeys", "kms:DescribeKey"),
        ("kms:ListSecrets", "kms:DescribeSecret"),
    ):
        grant = first(context.grants(listing))
        if grant is not None and not context.allows([describing]):
            yield RULE.finding(at=grant.at, text=f"names can be listed but not opened; add `{describing}`")
