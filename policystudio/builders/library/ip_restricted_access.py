"""Everything in KMS, for callers from chosen addresses."""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note, Tone
from policystudio.builders.conditions import EVERYWHERE, SOURCE_IP, Conditions, merged
from policystudio.builders.parameters.networks import Networks
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

BUILDER = Builder(
    title=N_("Access all KMS resources from chosen addresses"),
    summary=N_("Every KMS action, but only for calls from the listed addresses and CIDR blocks."),
    example_of_use=N_("Administrators who work from the office network only."),
    order=2,
    own_parameters=(Networks(default=["192.168.0.0/16", "172.16.215.218"]),),
    conditions=Conditions(parts=tuple(part for part in EVERYWHERE if part is not SOURCE_IP)),
    statements=lambda p: [allow(["kms:*"], on=["*"], when=merged(p.addresses, p.conditions.block))],
    notes=(
        Note(
            N_(
                "Both addresses of the sample are private. KMS sees public addresses as the source, so a private one "
                "never fits and the sample as it stands admits nobody. List the public addresses of your network; "
                "for callers inside a VPC there is `acs:SourceVpc`, in the statement editor."
            ),
            Tone.WARNING,
            "KMS, condition keys: acs:SourceIp",
        ),
        Note(
            N_("The addresses limit where from, not what: every KMS action is allowed."),
            Tone.SECURITY_WARNING,
        ),
    ),
)
