"""Why a piece of a document changes nothing: asked of the search of the comparison, and answered only where it is sure.

A *piece* is what a statement says by one entry, or by itself. Which pieces are tried, and what is done about those that
change nothing, is for the callers: `idle.py` names them, `minimising` leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, NamedTuple

from policystudio.analysis.comparing.gains import gains
from policystudio.analysis.comparing.limits import Budget, Unknown
from policystudio.analysis.comparing.relevance import may_meet
from policystudio.analysis.comparing.statements import Clause, Entry, Place
from policystudio.analysis.deciding import Reading
from policystudio.analysis.probing import surely_allows, surely_denies

_SPENT = ("out-of-time", "too-many-states", "too-many-nodes", "too-many-keys")


class Why(StrEnum):
    """Why something changes nothing."""

    EMPTY = "empty"
    """It matches no request: its conditions contradict each other, or it leaves everything out."""
    DENIED = "denied"
    """Everything that it allows is denied."""
    SHADOWED = "shadowed"
    """Something else says all of it too."""
    NOTHING_TO_DENY = "nothing-to-deny"
    """Nothing that it denies is allowed."""
    NO_LIMIT = "no-limit"
    """A condition that limits nothing."""


class Reason(NamedTuple):
    """Why, the statement that by itself is to blame, and the entries that contradict each other."""

    why: Why
    blame: Place | None = None
    conditions: tuple[Entry, ...] = ()


class Search:
    """Asks the search of the comparison, within one budget."""

    def __init__(self, budget: Budget, reading: Reading) -> None:
        self._budget = budget
        self._reading = reading
        self.spent: Unknown | None = None
        """What ran out first, where something was not told for that."""
        self.doubt: Unknown | None = None
        """Why something was not told though there was time; not that an entry has no documented meaning."""

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self._budget.is_late

    def denies(self, piece: Clause, allows: Sequence[Clause], denies: Sequence[Clause]) -> bool:
        """Whether it is plain that the Deny takes something away; a probe counts on the reading of missing keys."""
        return self._reading.missing_negated and surely_denies(piece, allows, denies)

    def is_nothing(
        self, before: Iterable[Clause], after: Iterable[Clause], *, never: Clause | None = None
    ) -> bool:
        """Whether surely no request is allowed after that was not before, and that `never` matches."""
        if self.is_over:
            self.spent = self.spent or Unknown("out-of-time", "statements")
            return False
        found = gains(list(before), list(after), self._budget, self._reading, never=never)
        if not found.found and found.doubt is not None:
            if found.doubt.reason in _SPENT:
                self.spent = self.spent or found.doubt
            elif found.doubt.reason != "undetermined":
                self.doubt = self.doubt or found.doubt
        return not found.found and found.doubt is None


def changed(clause: Clause, **fields: Any) -> Clause:
    """The clause with other contents, which no other is taken to be equal to."""
    return replace(clause, says=(object(),), **fields)


def why_allow(
    piece: Clause, others: Sequence[Clause], denies: Sequence[Clause], search: Search
) -> Reason | None:
    """Why an Allow, or a piece of one, adds nothing; None when it does, or when that is not sure."""
    if surely_allows(piece, [*others, *denies]):
        return None
    meeting = [each for each in others if may_meet(piece, each)]
    denying = [each for each in denies if may_meet(piece, each)]
    if not search.is_nothing(meeting, [piece, *denying]):
        return None
    if search.is_nothing((), [piece]):
        return Reason(Why.EMPTY, conditions=_contradicting(piece, search))
    if search.is_nothing((), [piece, *denying]):
        blamed = (each for each in denying if search.is_nothing((), [piece, each]))
        return Reason(Why.DENIED, _place(blamed))
    blamed = (each for each in meeting if search.is_nothing([each], [piece, *denying]))
    return Reason(Why.SHADOWED, _place(blamed))


def why_deny(
    piece: Clause, allows: Sequence[Clause], others: Sequence[Clause], search: Search
) -> Reason | None:
    """Why a Deny, or a piece of one, takes nothing away."""
    if search.denies(piece, allows, others):
        return None
    allowing = [each for each in allows if may_meet(piece, each)]
    denying = [each for each in others if may_meet(piece, each)]
    if not search.is_nothing((), [*allowing, *denying], never=piece):
        return None
    as_allow = changed(piece, is_allow=True)
    if search.is_nothing((), [as_allow]):
        return Reason(Why.EMPTY, conditions=_contradicting(as_allow, search))
    if search.is_nothing((), allowing, never=piece):
        return Reason(Why.NOTHING_TO_DENY)
    blamed = (each for each in denying if search.is_nothing((), [*allowing, each], never=piece))
    return Reason(Why.SHADOWED, _place(blamed))


def _place(found: Iterator[Clause]) -> Place | None:
    return next((each.place for each in found), None)


def _contradicting(piece: Clause, search: Search) -> tuple[Entry, ...]:
    """The entries on the one key whose conditions suffice to match nothing."""
    for key in sorted({entry.key for entry in piece.entries}):
        own = piece.entries_on(key)
        if search.is_nothing((), [changed(piece, entries=frozenset(own), unsure=frozenset())]):
            return own
    return ()
