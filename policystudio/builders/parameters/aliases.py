"""All aliases, aliases by name, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from policystudio.builders.parameters.selection import Select
from policystudio.builders.parameters.texts import ALIAS, TextRule
from policystudio.builders.words import N_


@dataclass(frozen=True, kw_only=True)
class Aliases(Select):
    """Alias names; `alias/` before a name is accepted and stored without."""

    kind: ClassVar[str] = "aliases"
    resource_type: ClassVar[str] = "alias"

    name: str = "aliases"
    label: str = N_("Aliases")
    help: str = N_("Callers that name a key by an alias need the alias listed, beside the key.")
    example: str = "payments"
    rule: TextRule = ALIAS
    all_label: str = N_("All aliases")
    these_label: str = N_("These aliases")
    none_label: str = N_("No aliases: callers name keys by id only")

    def tidy(self, name: str) -> str:
        return name.removeprefix("alias/")
