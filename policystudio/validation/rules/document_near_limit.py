"""The document is close to the length that RAM accepts, or over it if blanks count.

Why it matters: a further target or resource, or one blank, may make RAM refuse it.
What to do: split it, or use patterns for what belongs together; where to part it only the author knows.

Decision: it is not documented whether blanks count, so both lengths are watched.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": [f"acs:kms:*:1234567890123456:secret/{'x' * 60}{n}" for n in range(58)]}],
    clean=[{"Action": "kms:DescribeKey"}],
    silenced_by=["document-over-limit"],
)

_NEAR = 0.9


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.is_clearly_short:
        return
    size = context.size
    where = f" for {context.sizing.worst}" if context.sizing.worst else ""
    if size.bytes_compact > _NEAR * size.limit:
        text = f"{size.bytes_compact} of {size.limit} bytes{where} without blanks; there is little room left"
        yield RULE.finding(at=document, text=text)
    elif size.bytes_formatted > size.limit:
        text = f"{size.bytes_formatted} bytes{where} with blanks, over {size.limit}; nobody documents if blanks count"
        yield RULE.finding(at=document, text=text)
