"""Encrypt, decrypt and generate data keys with the keys that carry chosen tags."""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note, Tone
from policystudio.builders.conditions import merged
from policystudio.builders.library._notes import TAGS_AND_ALIASES
from policystudio.builders.library._operations import SYMMETRIC
from policystudio.builders.parameters.choices import Operations
from policystudio.builders.parameters.selection import Selection
from policystudio.builders.parameters.tags import Tags
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

BUILDER = Builder(
    title=N_("Use keys with chosen tags"),
    summary=N_(
        "Envelope encryption, decryption and data keys with every key that carries the tags, now or later."
    ),
    example_of_use=N_(
        "All services of project Apollo use the keys tagged `Project` `Apollo`, also those made later."
    ),
    order=6,
    own_parameters=(
        Tags(default=[{"key": "Project", "values": ["Apollo"]}]),
        Operations(choices=SYMMETRIC),
    ),
    statements=lambda p: [
        allow(p.operations, on=Selection("key", None).resources, when=merged(p.conditions.block, p.tags)),
    ],
    notes=(
        TAGS_AND_ALIASES,
        Note(N_("Several tags must all be on the key; of several values for one tag any will do.")),
        Note(
            N_("Who may change the tags of keys decides which keys this policy reaches."),
            Tone.SECURITY_WARNING,
            "KMS catalogue",
        ),
    ),
)
