"""Which actions of the catalogue are in a set of atoms, and how grave they are."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from policystudio.analysis.comparing.dimension import Dimension, bits
from policystudio.analysis.comparing.indexed import Tick
from policystudio.catalog.lookup import expand
from policystudio.catalog.model import Catalogue
from policystudio.ram.patterns import fold, has_wildcard

_LEVELS = ("critical", "high", "medium", "low", "none")


@lru_cache(maxsize=2)
def _names(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(action.name for action in catalogue.actions.values())


@lru_cache(maxsize=2)
def _places(catalogue: Catalogue) -> dict[str, int]:
    return {name: 1 << index for index, name in enumerate(_names(catalogue))}


@lru_cache(maxsize=2048)
def _standing_for(catalogue: Catalogue, pattern: str) -> int:
    places = _places(catalogue)
    return sum(places[action.name] for action in expand(catalogue, pattern))


class Known(NamedTuple):
    """The actions of the catalogue in a set of atoms, in its order, and the first of them with its atom, if any."""

    names: tuple[str, ...]
    first: tuple[int, str] | None


def known_actions(dimension: Dimension, atoms: int, catalogue: Catalogue, tick: Tick) -> Known:
    """The actions of the catalogue in these atoms of the action dimension. Raises: what `tick` raises."""
    patterns = [(_standing_for(catalogue, text), fits) for text, fits in (dimension.patterns or {}).items()]
    names = _names(catalogue)
    found, first = 0, None
    for atom in bits(atoms):
        tick()
        here = (1 << len(names)) - 1
        for standing, fits in patterns:
            here &= standing if fits >> atom & 1 else ~standing
        found |= here
        if here and first is None:
            first = atom, names[next(bits(here))]
    return Known(tuple(names[index] for index in bits(found)), first)


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
