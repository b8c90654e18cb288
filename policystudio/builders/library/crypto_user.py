"""Encrypt, decrypt and generate data keys with symmetric keys."""

from __future__ import annotations

from policystudio.builders.builder import Builder
from policystudio.builders.conditions import EVERYWHERE, TAG, Conditions
from policystudio.builders.constraints import NoTagBesideAliases
from policystudio.builders.library._notes import ALIAS_NEEDED, TAGS_AND_ALIASES
from policystudio.builders.library._operations import SYMMETRIC
from policystudio.builders.parameters.aliases import Aliases
from policystudio.builders.parameters.choices import Operations
from policystudio.builders.parameters.keys import Keys
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

BUILDER = Builder(
    title=N_("Use keys to encrypt and decrypt"),
    summary=N_("For applications: encrypt data, decrypt it, and generate data keys for envelope encryption."),
    example_of_use=N_("A service that encrypts records before it stores them."),
    order=5,
    own_parameters=(Keys(), Aliases(), Operations(choices=SYMMETRIC)),
    conditions=Conditions(parts=(*EVERYWHERE, TAG)),
    constraints=(NoTagBesideAliases(),),
    statements=lambda p: [
        allow(p.operations, on=[*p.keys.resources, *p.aliases.resources], when=p.conditions.block),
    ],
    notes=(ALIAS_NEEDED, TAGS_AND_ALIASES),
)
