"""No policy both manages and uses keys."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import CRYPTO, KEY_MANAGEMENT, Ready

READY = Ready(
    title=_("No policy both manages and uses keys"),
    about=_(
        "One policy is for managing keys, another for using them. What one person gets from two policies "
        "is not seen here."
    ),
    definition={"kind": "separation", "never": {"actions": KEY_MANAGEMENT}, "other": {"actions": CRYPTO}},
)
