"""Who uses keys does not change tags."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import CRYPTO, TAGGING, Ready

READY = Ready(
    title=_("Who uses keys does not change tags"),
    about=_(
        "Where keys are granted by their tags, whoever changes tags changes access. Each document is "
        "looked at by itself."
    ),
    definition={"kind": "separation", "never": {"actions": CRYPTO}, "other": {"actions": TAGGING}},
)
