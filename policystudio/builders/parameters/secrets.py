"""All secrets, or secrets by name or by the start of their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from policystudio.builders.parameters.selection import Select
from policystudio.builders.parameters.texts import SECRET_OR_PREFIX, TextRule
from policystudio.builders.words import N_


@dataclass(frozen=True, kw_only=True)
class Secrets(Select):
    """Secret names; a star at the end makes a prefix. A lone star is refused, `"all"` says the same openly."""

    kind: ClassVar[str] = "secrets"
    resource_type: ClassVar[str] = "secret"

    name: str = "secrets"
    label: str = N_("Secrets")
    help: str = N_(
        "Names of secrets, or prefixes such as `prod/*` for every secret whose name starts with `prod/`."
    )
    example: str = "prod/*"
    rule: TextRule = SECRET_OR_PREFIX
    all_label: str = N_("All secrets")
    these_label: str = N_("These secrets")
