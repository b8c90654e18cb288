"""Sign and verify with asymmetric keys."""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note
from policystudio.builders.conditions import EVERYWHERE, TAG, Conditions
from policystudio.builders.constraints import NoTagBesideAliases
from policystudio.builders.library._notes import ALIAS_NEEDED, TAGS_AND_ALIASES
from policystudio.builders.library._operations import ASYMMETRIC_SIGNING
from policystudio.builders.parameters.aliases import Aliases
from policystudio.builders.parameters.choices import Operations
from policystudio.builders.parameters.keys import Keys
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

BUILDER = Builder(
    title=N_("Use asymmetric keys to sign and verify"),
    summary=N_("Sign with the private key, verify signatures with the public one."),
    example_of_use=N_("A release pipeline signs artefacts; a gateway verifies them."),
    order=8,
    own_parameters=(Keys(), Aliases(), Operations(choices=ASYMMETRIC_SIGNING)),
    conditions=Conditions(parts=(*EVERYWHERE, TAG)),
    constraints=(NoTagBesideAliases(),),
    statements=lambda p: [
        allow(p.operations, on=[*p.keys.resources, *p.aliases.resources], when=p.conditions.block),
    ],
    notes=(
        ALIAS_NEEDED,
        TAGS_AND_ALIASES,
        Note(
            N_(
                "Who verifies outside KMS needs the public key, and `kms:GetPublicKey` to fetch it; "
                "this does not grant it."
            ),
            source="KMS catalogue",
        ),
    ),
)
