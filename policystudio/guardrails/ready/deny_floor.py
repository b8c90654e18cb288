"""Every policy keeps the standard Deny statements."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import DELETION, Ready

READY = Ready(
    title=_("Every policy keeps the standard Deny statements"),
    about=_("What must be denied is denied by every document itself, whatever else grants it."),
    definition={
        "kind": "deny-floor",
        "never": {"actions": [*DELETION, "kms:SetKeyPolicy", "kms:SetSecretPolicy"]},
    },
)
