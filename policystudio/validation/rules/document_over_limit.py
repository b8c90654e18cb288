"""For some target the document is longer than RAM accepts.

Blanks are not counted here, as it is not documented whether RAM counts them.

Why it matters: RAM refuses it.
What to do: take out what other entries say already, use patterns for what belongs together, or split it; where to
part it only the author knows.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.shorter import shorter
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

_SECRETS = [f"acs:kms:*:1234567890123456:secret/{'x' * 60}{n}" for n in range(80)]

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Resource": _SECRETS},
        {
            "Resource": [
                f"acs:kms:*:1234567890123456:secret/xx{rest}"
                for rest in ("*", *(f"{'x' * 1850}{n}" for n in range(4)))
            ]
        },
        [{"Action": "kms:DescribeSecret", "Resource": _SECRETS[:44]}] * 2,
    ],
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
        choices = shorter(document, context, lambda left: left.bytes_compact <= left.limit)
        yield RULE.finding(at=document, text=text, choices=choices)
