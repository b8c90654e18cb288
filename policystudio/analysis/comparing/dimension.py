"""One dimension of a target: its atoms, and in which of them each statement holds.

Atoms are the bits of numbers, so that sets of atoms are numbers too. Source: analysis design, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.analysis.comparing.domains import Asked
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

    def parts(self, atoms: int) -> list[Part]:
        """The given atoms, merged where no statement tells them apart."""
        found = [Part(0, atoms & self.inside)]
        for index, holding in enumerate(self.holds):
            bit = 1 << index
            split: list[Part] = []
            for part in found:
                both = part.atoms & holding
                if both:
                    split.append(Part(part.holding | bit, both))
                if both != part.atoms:
                    split.append(Part(part.holding, part.atoms & ~holding))
            found = split
        return [part for part in found if part.atoms]

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
