"""The resources that the two builders on secrets name.

Decision: narrowed to chosen secrets, `alias/*` is left out. No action of these samples has an effect on an alias alone:
`kms:UpdateAlias` needs the key as well. The container `alias` stays, as `kms:ListAliases` is authorized there; the
container `secret` stays for `kms:ListSecrets`. Source: the catalogue, resource types of the actions.
"""

from __future__ import annotations

from policystudio.builders.builder import Note, Values
from policystudio.builders.parameters.selection import Selection
from policystudio.builders.words import N_

_ALIASES = Selection("alias", None)

STILL_LISTED = Note(
    N_(
        "With chosen secrets, the names of all secrets can still be listed; "
        "everything else reaches the chosen ones alone."
    )
)


def resources(p: Values) -> list[str]:
    """Containers and chosen secrets, in the order of the samples."""
    aliases = _ALIASES.resources if p.secrets.is_all else []
    return [p.secrets.container, *p.secrets.resources, _ALIASES.container, *aliases]
