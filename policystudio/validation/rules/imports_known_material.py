"""One policy uses keys and may import key material.

Rights on different keys do not count, nor what a Deny without a condition takes back.

Why it matters: whoever has it can work with a key that they know outside KMS.
What to do: take the import out.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.meeting import meetings, sides
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": ["kms:GetParametersForImport", "kms:ImportKeyMaterial", "kms:Encrypt"]}],
    clean=[
        {"Action": ["kms:GetParametersForImport", "kms:ImportKeyMaterial"]},
        [
            {
                "Action": ["kms:GetParametersForImport", "kms:ImportKeyMaterial"],
                "Resource": "acs:kms:*:1234567890123456:key/a",
            },
            {"Action": "kms:Encrypt", "Resource": "acs:kms:*:1234567890123456:key/b"},
        ],
    ],
    naming=("kms:ImportKeyMaterial",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    both = meetings(context.grants("kms:ImportKeyMaterial"), context.using, context)
    if both:
        importing, using = both[0]
        text = f"this imports material that is known outside, and `{using.action.name}` uses it; take the import out"
        importers, users = sides(both)
        uses = {grant.action.name for grant in context.using}
        choices = (
            *leave_out(["kms:ImportKeyMaterial"], importers, context),
            *leave_out(uses, users, context, "Leave out the use of keys"),
        )
        yield RULE.finding(at=importing.at, text=text, choices=choices, confidence=both[0].confidence)
