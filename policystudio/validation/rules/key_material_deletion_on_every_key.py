"""The imported material of every key may be deleted.

Why it matters: it is gone at once; without a copy, what the key has encrypted is lost for good.
What to do: name the keys; where none is named yet, only the author knows which.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.everywhere import narrower
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:DeleteKeyMaterial", "Resource": "acs:kms:${region}:${account}:key/*"}],
    clean=[{"Action": "kms:DeleteKeyMaterial"}],
    naming=("kms:DeleteKeyMaterial",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.on_everything("key/*", "kms:DeleteKeyMaterial"):
        text = "`kms:DeleteKeyMaterial` is at once and final, here for every key; name the keys"
        yield RULE.finding(
            at=grant.at,
            text=text,
            choices=tuple(narrower(grant, "key", context)),
            confidence=grant.confidence,
        )
