"""No deletion in production except by break-glass policies."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import DELETION, Ready

READY = Ready(
    title=_("No deletion in production except by break-glass policies"),
    about=_(
        "Keys, key material, secrets and instances in production are deleted only by policies with an "
        "agreed name. A name is part of what is approved, so nobody slips into it unseen."
    ),
    definition={
        "kind": "never",
        "scope": {"environments": ["production"], "except_policies": ["break-glass-*"]},
        "never": {"actions": DELETION},
    },
)
