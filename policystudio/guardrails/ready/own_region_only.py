"""Only the region that a policy is for."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import Ready

READY = Ready(
    title=_("Only the region that a policy is for"),
    about=_("Resources name the region that the document is released for, never all regions."),
    definition={
        "kind": "never",
        "never": {"actions": ["kms:*"], "resources": ["acs:kms:*:*:*"]},
        "unless": [{"resources": ["acs:kms:${region}:*:*"]}],
    },
)
