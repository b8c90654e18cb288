"""Every key may decrypt, only to read secrets.

Why it matters: far more can be read than the secret.
What to do: name the key of the secret, which only its owner knows; without a key of its own it needs none.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.choices.resources import only_those_named
from policystudio.validation.confidence import of_action, weakest
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        [
            {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app"},
            {"Action": "kms:Decrypt", "Resource": "acs:kms:${region}:${account}:key/*"},
        ]
    ],
    clean=[
        [
            {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app"},
            {"Action": "kms:Decrypt"},
        ],
        {"Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "acs:kms:${region}:${account}:key/*"},
    ],
    silenced_in_statement_by=["every-resource", "effectively-every-resource"],
    naming=("kms:Decrypt",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    reading = context.catalogue.action("kms:GetSecretValue")
    if reading is None or not context.allows([reading.name]):
        return
    if {grant.action.name for grant in context.using} != {"kms:Decrypt"}:
        return
    for grant in context.on_everything("key/*", "kms:Decrypt"):
        for resource in context.reach(grant.statement).covering("key/*"):
            choices = (
                *only_those_named(resource, grant.statement, "key"),
                *leave_out(["kms:Decrypt"], [grant.statement], context, "Leave out kms:Decrypt"),
            )
            text = "one secret needs one key; name the key of the secret"
            sure = weakest(grant.confidence, of_action(reading))
            yield RULE.finding(at=resource, text=text, choices=choices, confidence=sure)
