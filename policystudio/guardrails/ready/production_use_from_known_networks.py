"""Production keys are used only from known networks."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import CRYPTO, Ready

READY = Ready(
    title=_("Production keys are used only from known networks"),
    about=_(
        "Whoever uses a key in production comes from a listed address. For callers inside a VPC add an "
        "exception for acs:VpcSourceIp or acs:SourceVpc."
    ),
    definition={
        "kind": "never",
        "scope": {"environments": ["production"]},
        "never": {"actions": CRYPTO},
        "unless": [{"conditions": [{"operator": "IpAddress", "key": "acs:SourceIp", "values": []}]}],
    },
    blanks={"/unless/0/conditions/0/values": _("Public addresses and ranges, such as 203.0.113.0/24.")},
)
