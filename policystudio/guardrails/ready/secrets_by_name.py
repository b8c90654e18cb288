"""Secrets are read by name."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import Ready

READY = Ready(
    title=_("Secrets are read by name"),
    about=_(
        "Who reads secret values names the secrets in full, or by enough characters before a wildcard. "
        "This looks at what is written, not at requests."
    ),
    definition={
        "kind": "long-names",
        "never": {
            "actions": ["kms:GetSecretValue", "kms:BatchGetSecretValue"],
            "resources": ["acs:kms:*:*:secret/*"],
        },
        "characters": 4,
    },
)
