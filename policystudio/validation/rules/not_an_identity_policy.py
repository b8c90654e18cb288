"""This is not a custom policy of RAM.

Why it matters: a trust policy belongs to a role, a key or secret policy to KMS; RAM refuses both as custom policy.
What to do: store it where it belongs.
"""

from policystudio.ram.document import Document, Kind
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Example, Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        Example(
            {
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sts:AssumeRole",
                        "Principal": {"RAM": ["acs:ram::1234567890123456:root"]},
                    }
                ]
            },
            kind=Kind.TRUST,
        )
    ],
    clean=[{"Action": "kms:DescribeKey"}],
    kinds=(Kind.TRUST, Kind.KEY_POLICY),
)

_WORDS = {Kind.TRUST: "a trust policy", Kind.KEY_POLICY: "a key or secret policy"}


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    yield RULE.finding(
        at=document, text=f"this is {_WORDS[document.kind]}; it cannot be stored as a custom policy"
    )
