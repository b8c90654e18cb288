"""Exact action names in production."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import Ready

READY = Ready(
    title=_("Exact action names in production"),
    about=_(
        "A wildcard also reaches what the vendor adds later. This looks at what is written, not at requests."
    ),
    definition={"kind": "exact-actions", "scope": {"environments": ["production"]}},
)
