"""Every key may be disabled.

Why it matters: every service that depends on a disabled key stops.
What to do: name the keys; where none is named yet, only the author knows which.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.everywhere import narrower
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:DisableKey", "Resource": "acs:kms:${region}:${account}:key/*"}],
    clean=[{"Action": "kms:DisableKey"}],
    naming=("kms:DisableKey",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.on_everything("key/*", "kms:DisableKey"):
        text = "`kms:DisableKey` stops all that depends on a key, here on every key; name the keys"
        yield RULE.finding(
            at=grant.at,
            text=text,
            choices=tuple(narrower(grant, "key", context)),
            confidence=grant.confidence,
        )
