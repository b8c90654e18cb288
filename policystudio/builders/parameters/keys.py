"""All keys, or keys named by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from policystudio.builders.parameters.selection import Select
from policystudio.builders.parameters.texts import KEY_ID, TextRule
from policystudio.builders.words import N_


@dataclass(frozen=True, kw_only=True)
class Keys(Select):
    """Key ids as KMS shows them, without `key/`."""

    kind: ClassVar[str] = "keys"
    resource_type: ClassVar[str] = "key"

    name: str = "keys"
    label: str = N_("Keys")
    help: str = N_("The keys that the policy speaks of, by their ids. An alias is no key id.")
    example: str = "key-hzz630494463ejqjx0000"
    rule: TextRule = KEY_ID
    all_label: str = N_("All keys")
    these_label: str = N_("These keys")
