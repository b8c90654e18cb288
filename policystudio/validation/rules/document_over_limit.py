"""For some target the document is longer than RAM accepts.

Blanks are not counted here, as it is not documented whether RAM counts them.

Why it matters: RAM refuses it.
What to do: split it, or use patterns for what belongs together; where to part it only the author knows.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Resource": [f"acs:kms:*:1234567890123456:secret/{'x' * 60}{n}" for n in range(80)]}],
    clean=[{"Action": "kms:DescribeKey"}],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.is_clearly_short:
        return
    size = context.size
    if size.bytes_compact > size.limit:
        where = f" for {context.sizing.worst}" if context.sizing.worst else ""
        over = size.bytes_compact - size.limit
        text = f"{size.bytes_compact} bytes{where} without blanks, {over} over RAM's limit; split it"
        yield RULE.finding(at=document, text=text)
