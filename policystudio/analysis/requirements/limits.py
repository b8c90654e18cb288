"""How much deriving a document may be asked, and how much work it may do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one derivation; what is beyond them is told and never dropped in silence."""

    requests: int = 20_000
    """So many requests are read; the others are left out, each told."""
    keys: int = 30
    """So many condition keys may one request carry."""
    characters: int = 1_024
    """So long may an action, a resource, a key or a value be."""
    advised: int = 200
    """Until so many requests are left out, the action that was meant is looked for, which takes its time."""
    offers: int = 40
    """So many generalisations are offered at a time."""
    accepted: int = 20
    """So many may be accepted."""
    cells: int = 200_000
    """Up to so many single requests a widened document is taken apart again to be put together smaller."""
    exact_entries: int = 1_000
    """Up to so many entries of statements a generalisation is compared with, to say exactly what it adds."""
    milliseconds: int = 250
    """The time for one such comparison."""
    milliseconds_in_all: int = 1_500
    """The time for all comparisons of one derivation; what comes after is not told exactly."""
