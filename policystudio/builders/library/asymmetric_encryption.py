"""Encrypt and decrypt with asymmetric keys."""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note
from policystudio.builders.conditions import EVERYWHERE, TAG, Conditions
from policystudio.builders.constraints import NoTagBesideAliases
from policystudio.builders.library._notes import ALIAS_NEEDED, TAGS_AND_ALIASES
from policystudio.builders.library._operations import ASYMMETRIC_ENCRYPTION
from policystudio.builders.parameters.aliases import Aliases
from policystudio.builders.parameters.choices import Operations
from policystudio.builders.parameters.keys import Keys
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

BUILDER = Builder(
    title=N_("Use asymmetric keys to encrypt and decrypt"),
    summary=N_("Encrypt with the public key in KMS, decrypt with the private one."),
    example_of_use=N_("Clients encrypt with the public key; one service decrypts."),
    order=7,
    own_parameters=(Keys(), Aliases(), Operations(choices=ASYMMETRIC_ENCRYPTION)),
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
                "Who encrypts outside KMS needs the public key, and `kms:GetPublicKey` to fetch it; "
                "this does not grant it."
            ),
            source="KMS catalogue",
        ),
    ),
)
