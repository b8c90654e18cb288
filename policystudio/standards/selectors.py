"""Reads how a team wants documents judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from policystudio.catalog import Catalogue, load
from policystudio.catalog.team import with_names
from policystudio.standards.known_names import team_names
from policystudio.standards.models import SeveritySetting
from policystudio.validation.pipeline import Validation, validate


@dataclass(frozen=True, slots=True, eq=False)
class Standards:
    """The catalogue with the team's own names, and finding code → severity or `off`.

    Equality is identity, and equal standards are one object, so that an answer can be kept by them.
    """

    catalogue: Catalogue
    severities: Mapping[str, str]

    def validate(self, text: str, **facts: Any) -> Validation:
        """The one validator as the team wants it; `facts` are its other parameters."""
        return validate(text, catalogue=self.catalogue, severities=self.severities, **facts)


def standards_of(team_id: int) -> Standards:
    """The standards of a team, as stored now."""
    rows = SeveritySetting.objects.filter(team_id=team_id)
    catalogue = with_names(load(), team_names(team_id))
    return _made(catalogue, tuple(rows.order_by("code").values_list("code", "severity")))


@lru_cache(maxsize=256)
def _made(catalogue: Catalogue, severities: tuple[tuple[str, str], ...]) -> Standards:
    return Standards(catalogue, MappingProxyType(dict(severities)))
