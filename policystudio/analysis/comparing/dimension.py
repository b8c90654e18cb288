"""One dimension of a target: its atoms, and in which of them each statement holds.

Atoms are the bits of numbers, so that sets of atoms are numbers too. Source: analysis design, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.analysis.comparing.domains import Asked
from policystudio.analysis.comparing.indexed import Tick
from policystudio.analysis.comparing.ranges import Scale
from policystudio.analysis.comparing.statements import Entry, Row


class Part(NamedTuple):
    """Atoms that no statement in play tells apart: the statements that hold there, and the atoms."""

    holding: int
    atoms: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """`holds` has, for each statement in play, the atoms where it holds; `inside` are the atoms of the target.

    `unsayable` are atoms that no request can be written for; `missing` is the atom of a key that is not sent. The rest
    is for saying sets of atoms in words: which atoms each pattern, resource, test or entry fits.
    """

    name: str
    witnesses: list[str | None]
    inside: int
    holds: list[int]
    unsayable: int = 0
    missing: int = 0
    patterns: dict[str, int] | None = None
    rows: dict[Row, int] | None = None
    tests: dict[Asked, int] | None = None
    scale: Scale | None = None
    entries: dict[Entry, int] | None = None

    def parts(self, atoms: int, tick: Tick) -> list[Part]:
        """The given atoms, merged where no statement tells them apart; those first where the first statements hold."""
        left = atoms & self.inside
        # Of each statement only the lesser part is gone through: where it holds, or else where it does not.
        mostly, unlike = 0, dict.fromkeys(bits(left), 0)
        for index, holding in enumerate(self.holds):
            tick()
            bit, here = 1 << index, holding & left
            if 2 * here.bit_count() > len(unlike):
                mostly |= bit
                here ^= left
            for atom in bits(here):
                unlike[atom] |= bit
        alike: dict[int, int] = {}
        for atom, changed in unlike.items():
            alike[mostly ^ changed] = alike.get(mostly ^ changed, 0) | 1 << atom
        found = [Part(holding, some) for holding, some in alike.items()]
        return sorted(found, key=lambda part: f"{part.holding:b}"[::-1], reverse=True)

    def witness(self, atoms: int) -> int | None:
        """An atom among these that a request can be written for, the absence of the key if it may be absent."""
        if atoms & self.missing:
            return self.missing.bit_length() - 1
        return next(bits(atoms & ~self.unsayable), None)


def bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
