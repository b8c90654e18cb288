"""The rotation of every key may be changed.

Why it matters: rotation can be stopped everywhere.
What to do: name the keys; where none is named yet, only the author knows which.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.everywhere import narrower
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:UpdateRotationPolicy", "Resource": "acs:kms:${region}:${account}:key/*"}],
    clean=[{"Action": "kms:UpdateRotationPolicy"}],
    naming=("kms:UpdateRotationPolicy",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.on_everything("key/*", "kms:UpdateRotationPolicy"):
        text = "`kms:UpdateRotationPolicy` can stop rotation of every key; name the keys"
        yield RULE.finding(
            at=grant.at,
            text=text,
            choices=tuple(narrower(grant, "key", context)),
            confidence=grant.confidence,
        )
