"""Counts the mutants that the tests notice, and shows each that they do not with a request that would.

A mutant is killed when some test that holds on the document does not hold on it in some target. Of the others those
that a comparison proves equal in every target are not counted; what it cannot tell is told apart. Work goes on until
the time is up, and what is left then is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from time import monotonic

from policystudio.analysis.access import Place, prove
from policystudio.analysis.comparing import Answer, Limits
from policystudio.analysis.comparing.limits import deadline
from policystudio.analysis.mutants.asking import Board
from policystudio.analysis.mutants.mutant import Mutant, mutants
from policystudio.analysis.mutants.offering import offered
from policystudio.analysis.testing.expectation import PolicyTest
from policystudio.analysis.testing.spots import Spot, alike
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document

MAX_MILLISECONDS = 5_000
MAX_MUTANTS = 2_000


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no test notices. `test` would; None where no request was found that shows it in so many words."""

    mutant: Mutant
    widens: bool
    test: PolicyTest | None


@dataclass(frozen=True, slots=True)
class Killed:
    """A mutant that is noticed, with a test that does."""

    mutant: Mutant
    by: PolicyTest


@dataclass(frozen=True, slots=True)
class Score:
    """`equal` are not counted, as they change nothing; `unknown` cannot be told, `left` were not looked at in time."""

    killed: tuple[Killed, ...]
    survivors: tuple[Survivor, ...]
    equal: tuple[Mutant, ...]
    unknown: tuple[Mutant, ...]
    left: int

    @property
    def counted(self) -> int:
        return len(self.killed) + len(self.survivors)

    @property
    def percent(self) -> int | None:
        """Of those that count, rounded down, so that only all of them are 100; None where there are none."""
        return 100 * len(self.killed) // self.counted if self.counted else None


def score(
    document: Document,
    spots: Sequence[Spot],
    tests: Sequence[PolicyTest],
    *,
    catalogue: Catalogue,
    milliseconds: int = MAX_MILLISECONDS,
) -> Score:
    """The score of the tests over the documents that the source gives at these spots.

    The source has placeholders that `is_fillable` finds no fault with, and the requests are such.
    """
    ends = deadline(milliseconds)
    made = list(islice(mutants(document, catalogue), MAX_MUTANTS + 1))
    left = 1 if len(made) > MAX_MUTANTS else 0
    made = made[:MAX_MUTANTS]
    changed = [mutant.statement for mutant in made if mutant.statement is not None]
    boards = [
        Board(document, group, tests)
        for group in alike(document, spots, [test.request for test in tests], changed)
    ]
    places = _places(spots)
    killed: list[Killed] = []
    survivors: list[Survivor] = []
    equal: list[Mutant] = []
    unknown: list[Mutant] = []
    for at, mutant in enumerate(made):
        if monotonic() > ends:
            left += len(made) - at
            break
        by = next((test for board in boards if (test := board.notices(mutant)) is not None), None)
        if by is not None:
            killed.append(Killed(mutant, by))
            continue
        limits = Limits(milliseconds=max(int((ends - monotonic()) * 1000), 1))
        access = prove(document, mutant.of(document), places, limits=limits, catalogue=catalogue)
        answers = {access.grants_new_access, access.revokes_access}
        if answers == {Answer.NO}:
            equal.append(mutant)
        elif Answer.YES in answers:
            widens = access.grants_new_access is Answer.YES
            survivors.append(Survivor(mutant, widens, offered(document, spots, mutant, access)))
        else:
            unknown.append(mutant)
    return Score(tuple(killed), tuple(survivors), tuple(equal), tuple(unknown), left)


def _places(spots: Sequence[Spot]) -> list[Place]:
    """Each document of before and after once."""
    found = dict.fromkeys((spot.target.account, spot.regions) for spot in spots)
    return [Place(account, (regions,), (regions,)) for account, regions in found]
