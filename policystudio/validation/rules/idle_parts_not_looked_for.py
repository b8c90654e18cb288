"""The document is too long to be searched for statements, entries and conditions that change nothing.

Why it matters: that no such finding is shown says nothing here, as it does for shorter documents.
What to do: split the document, or look for what other statements say already.

Decision: above 20 statements, or 200 actions, resources and values, the search would take longer than all other rules.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.idling import MOST_STATEMENTS, MOST_TEXTS, is_too_long
from policystudio.validation.rule import Notes, Rule

_KEY = "acs:kms:*:1234567890123456:key/key-{}"


def _tagged(number: int) -> dict[str, object]:
    return {
        "Resource": _KEY.format(number),
        "Condition": {"StringEquals": {"kms:tag/n": str(number)}},
    }


RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        [{"Action": "kms:DescribeKey", **_tagged(n)} for n in range(MOST_STATEMENTS + 1)],
        {"Action": "kms:DescribeKey", "Resource": [_KEY.format(n) for n in range(MOST_TEXTS)]},
    ],
    clean=[
        {"Action": "kms:DescribeKey", "Resource": [_KEY.format(n) for n in range(MOST_TEXTS // 2)]},
    ],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if is_too_long(document):
        text = (
            f"statements and entries that change nothing are not looked for above {MOST_STATEMENTS} statements or "
            f"{MOST_TEXTS} entries; split the document if that matters"
        )
        yield RULE.finding(at=document, text=text)
