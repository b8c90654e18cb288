"""Notes that several builders share."""

from __future__ import annotations

from policystudio.builders.builder import Note, Tone
from policystudio.builders.words import N_

ALIAS_NEEDED = Note(
    N_(
        "If you use a key alias to identify a key in cryptographic operations, the alias must be among the resources. "
        "With no aliases, callers name keys by id only."
    )
)
TAGS_AND_ALIASES = Note(
    N_("A tag condition does not reach aliases: callers must name the keys by id."),
    Tone.WARNING,
)
