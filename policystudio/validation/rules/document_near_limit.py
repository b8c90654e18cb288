"""The document is close to the length that RAM accepts, or over it if blanks count.

Why it matters: a further target or resource, or one blank, may make RAM refuse it.
What to do: take out what other entries say already, use patterns for what belongs together, or split it; where to
part it only the author knows.

Decision: it is not documented whether blanks count, so both lengths are watched.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.shorter import shorter
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.size import Size

_SECRETS = [f"acs:kms:*:1234567890123456:secret/{'x' * 60}{n}" for n in range(58)]

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": _SECRETS},
        {
            "Resource": [
                f"acs:kms:*:1234567890123456:secret/xx{rest}"
                for rest in ("*", *(f"{'x' * 1850}{n}" for n in range(3)))
            ]
        },
        [{"Action": "kms:DescribeSecret", "Resource": _SECRETS[:29]}] * 2,
    ],
    clean=[{"Action": "kms:DescribeKey"}],
    silenced_by=["document-over-limit"],
)

_NEAR = 0.9


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.is_clearly_short:
        return
    size = context.size
    choices = shorter(
        document, context, lambda left: not _is_near(left) and left.bytes_formatted <= left.limit
    )
    where = f" for {context.sizing.worst}" if context.sizing.worst else ""
    if _is_near(size):
        text = f"{size.bytes_compact} of {size.limit} bytes{where} without blanks; there is little room left"
        yield RULE.finding(at=document, text=text, choices=choices)
    elif size.bytes_formatted > size.limit:
        text = f"{size.bytes_formatted} bytes{where} with blanks, over {size.limit}; nobody documents if blanks count"
        yield RULE.finding(at=document, text=text, choices=choices)


def _is_near(size: Size) -> bool:
    return size.bytes_compact > _NEAR * size.limit
