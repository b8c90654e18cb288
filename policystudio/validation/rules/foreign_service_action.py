"""A policy for KMS also holds an action of another service.

Why it matters: whoever reviews a KMS policy does not look for rights elsewhere.
What to do: move it to a policy of its own, or remove it.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.entries import belongs_to_kms, service_of
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": ["kms:Decrypt", "oss:GetObject"]}],
    clean=[{"Action": ["kms:Decrypt", "kms:Encrypt"]}, {"Action": "oss:GetObject"}],
    silenced_by=[
        "placeholder-out-of-place",
        "malformed-action",
        "unknown-service-prefix",
        "unknown-service-prefix-in-deny",
        "passes-any-role",
        "self-granting-with-ram",
    ],
    only=(Only.OTHER_SERVICE,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if not belongs_to_kms(document):
        return
    for statement in document.statements:
        for entry in (*statement.actions, *statement.not_actions):
            service = service_of(entry)
            if service and service != "kms" and not has_wildcard(service):
                text = f"{shown(entry.text)} belongs to another service; keep KMS policies to KMS"
                # To take it out of a Deny or of exceptions would allow more.
                is_granted = statement.is_allow and not statement.not_actions
                choices = [drop(entry, "Remove it, with the right that it grants")] if is_granted else []
                yield RULE.finding(at=entry, text=text, choices=choices)
