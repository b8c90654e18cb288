"""Nobody sets key or secret policies."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import Ready

READY = Ready(
    title=_("Nobody sets key or secret policies"),
    about=_("Whoever may set the policy of a key or secret can grant anybody its use."),
    definition={"kind": "never", "never": {"actions": ["kms:SetKeyPolicy", "kms:SetSecretPolicy"]}},
)
