"""Access in development ends by itself."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import Ready

READY = Ready(
    title=_("Access in development ends by itself"),
    about=_("Every permission in development ends within 90 days of the release."),
    definition={
        "kind": "never",
        "scope": {"environments": ["development"]},
        "never": {"actions": ["*"]},
        "unless": [
            {
                "conditions": [
                    {"operator": "DateLessThan", "key": "acs:CurrentTime", "values": ["${today+90}"]}
                ]
            }
        ],
    },
)
