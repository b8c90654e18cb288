"""Every secret may be deleted.

Why it matters: a deletion may be at once, without a window for recovery.
What to do: name the secrets; where none is named yet, only the author knows which.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.everywhere import narrower
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:DeleteSecret", "Resource": "acs:kms:${region}:${account}:secret/*"}],
    clean=[{"Action": "kms:DeleteSecret", "Resource": "acs:kms:${region}:${account}:secret/app"}],
    naming=("kms:DeleteSecret",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for grant in context.on_everything("secret/*", "kms:DeleteSecret"):
        text = "`kms:DeleteSecret` may be at once, here for every secret; name the secrets"
        yield RULE.finding(
            at=grant.at,
            text=text,
            choices=tuple(narrower(grant, "secret", context)),
            confidence=grant.confidence,
        )
