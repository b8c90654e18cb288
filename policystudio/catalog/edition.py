"""Which names a catalogue held on a day, known by their hash, so that a release can say by which of them it was judged.

Only the names of actions count: they are what a pattern stands for. What patterns have come to stand for since is
worked out in `analysis/growth.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from policystudio.catalog.model import Catalogue


@dataclass(frozen=True, slots=True)
class Edition:
    """`names` are sorted, in the documented spelling; `sha256` is over them and the date."""

    sha256: str
    compiled_on: date
    names: tuple[str, ...]


@lru_cache(maxsize=64)
def edition_of(catalogue: Catalogue) -> Edition:
    """The edition that the catalogue is, a team's own names included."""
    names = tuple(sorted(action.name for action in catalogue.actions.values()))
    return Edition(edition_hash(catalogue.compiled_on, names), catalogue.compiled_on, names)


def edition_hash(compiled_on: date, names: Iterable[str]) -> str:
    """The SHA-256, hexadecimal, of the date and the names, one a line."""
    text = "".join(f"{line}\n" for line in (compiled_on.isoformat(), *names))
    return hashlib.sha256(text.encode()).hexdigest()
