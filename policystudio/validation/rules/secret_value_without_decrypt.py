"""Secret values may be read, but no key may decrypt.

Why it matters: a secret under its own key also asks for `kms:Decrypt` on that key, and is refused without.
What to do: allow `kms:Decrypt` on the key of the secret, or say that the secret has no key of its own. Which
key that is only the owner of the secret knows, and to allow it on all keys would open far more than the secret.

Source: KMS, use RAM to control access.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields, object_part
from policystudio.validation.rule import Example, Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app"},
        {"Action": "kms:Get*", "Resource": "acs:kms:${region}:${account}:secret/app"},
        {"Action": "kms:*Value", "Resource": "acs:kms:${region}:${account}:secret/app"},
    ],
    clean=[
        [
            {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app"},
            {"Action": "kms:Decrypt"},
        ],
        Example(
            {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app"},
            own_key_secrets=("app",),
        ),
    ],
    naming=("kms:GetSecretValue",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.allows(["kms:Decrypt"]):
        return
    for grant in context.grants("kms:GetSecretValue"):
        fields = [kms_fields(resource.text) for resource in grant.statement.resources]
        secrets = [object_part(f)[1] for f in fields if f is not None and object_part(f)[0] == "secret"]
        if secrets and all(secret in context.own_key_secrets for secret in secrets):
            continue
        text = "a secret under its own key also asks for `kms:Decrypt` on that key; add it, or declare that it has none"
        choices = tuple(leave_out([grant.action.name], [grant.statement], context))
        yield RULE.finding(at=grant.at, text=text, confidence=grant.confidence, choices=choices)
