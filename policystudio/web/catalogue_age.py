"""How old the catalogue is and how sure its facts are, as every page of it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from policystudio.catalog.model import Catalogue, Source

OLD = timedelta(days=180)
"""After so long the page warns: about as often as KMS has got new operations. Source: the releases of its SDK."""
CONFIDENCES = ("documented", "derived-from-SDK", "inferred", "team")


@dataclass(frozen=True, slots=True)
class Age:
    """`counts`: confidence → how many actions exist with it, none left at zero; `sources` are the product's own."""

    compiled_on: date
    days: int
    counts: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]
    api_version: str

    @property
    def is_old(self) -> bool:
        return self.days > OLD.days


def age_of(catalogue: Catalogue, today: date) -> Age:
    """A clock that is behind the catalogue makes it no younger than today."""
    counted = Counter(action.existence.confidence for action in catalogue.actions.values())
    return Age(
        compiled_on=catalogue.compiled_on,
        days=max(0, (today - catalogue.compiled_on).days),
        counts=tuple((name, counted[name]) for name in CONFIDENCES if counted[name]),
        sources=tuple(s for s in catalogue.sources.values() if not s.id.startswith("team:")),
        api_version=catalogue.api_version,
    )
