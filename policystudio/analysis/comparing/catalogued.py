"""Which actions of the catalogue are in a set of atoms, and how grave they are."""

from __future__ import annotations

from functools import lru_cache

from policystudio.analysis.comparing.dimension import Dimension, bits
from policystudio.catalog.lookup import expand
from policystudio.catalog.model import Catalogue
from policystudio.ram.patterns import fold, has_wildcard

_LEVELS = ("critical", "high", "medium", "low", "none")


@lru_cache(maxsize=2)
def _places(catalogue: Catalogue) -> dict[str, int]:
    return {action.name: 1 << index for index, action in enumerate(catalogue.actions.values())}


@lru_cache(maxsize=2048)
def _standing_for(catalogue: Catalogue, pattern: str) -> int:
    places = _places(catalogue)
    return sum(places[action.name] for action in expand(catalogue, pattern))


def known_actions(dimension: Dimension, atoms: int, catalogue: Catalogue) -> tuple[str, ...]:
    """The actions of the catalogue in these atoms of the action dimension, in the catalogue's order."""
    patterns = dimension.patterns or {}
    standing = {text: _standing_for(catalogue, text) for text in patterns}
    everything = (1 << len(catalogue.actions)) - 1
    found = 0
    for atom in bits(atoms):
        here = everything
        for text, fits in patterns.items():
            here &= standing[text] if fits >> atom & 1 else ~standing[text]
        found |= here
    if not found:
        return ()
    names = list(_places(catalogue))
    return tuple(names[index] for index in bits(found))


def has_unlisted(dimension: Dimension, atoms: int) -> bool:
    """Whether some of the names are spelt out by no statement."""
    literals = [fits for text, fits in (dimension.patterns or {}).items() if not has_wildcard(text)]
    for fits in literals:
        atoms &= ~fits
    return bool(atoms)


def is_of_service(patterns: tuple[str, ...], catalogue: Catalogue) -> bool:
    """Whether all these action patterns speak of the catalogue's service alone."""
    return all(fold(text).startswith(f"{catalogue.service}:") for text in patterns)


def gravity(known: tuple[str, ...], catalogue: Catalogue) -> int:
    """0 for the gravest; lines are sorted by it."""
    levels = {action.risk.level for action in map(catalogue.action, known) if action is not None}
    return next((index for index, level in enumerate(_LEVELS) if level in levels), len(_LEVELS))
