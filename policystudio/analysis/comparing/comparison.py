"""Compares two sets of documents in both directions, and confirms every request that it answers with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from policystudio.analysis.comparing.answers import Answer, Change, Comparison, Witness
from policystudio.analysis.comparing.candidates import candidates
from policystudio.analysis.comparing.changes import Confirm, changes, joined, plain_witness
from policystudio.analysis.comparing.gains import Gains, gains
from policystudio.analysis.comparing.limits import Budget, Limits, Stuck, Unknown, deadline
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.deciding import STATED, Policies, Reading
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document

_STATED_LIMITS = Limits()
SEARCHING = 0.85
"""The share of the time for the search; the rest is for trying requests where it came to no end."""

Shown = Callable[[Request], Witness | None]
"""Whether a request shows what is looked for, by the evaluator."""


class Mismatch(Exception):
    """The evaluator does not confirm a request that the search found: a fault of ours, which is never an answer."""


class Side(NamedTuple):
    """One direction: the answer, the lines, whether they are all, and why not."""

    answer: Answer
    witness: Witness | None
    lines: tuple[Change, ...]
    complete: bool
    reason: Unknown | None


def compare(
    before: Sequence[Document],
    after: Sequence[Document],
    *,
    reading: Reading = STATED,
    limits: Limits = _STATED_LIMITS,
    catalogue: Catalogue | None = None,
) -> Comparison:
    """What `after` allows that `before` does not, and the other way round; exact, or unknown with the reason.

    The catalogue is used for naming actions only. Raises: Mismatch for a fault of the search.
    """
    catalogue = catalogue or load()
    old, new = clauses(before), clauses(after)
    judges = Policies.of(before, reading), Policies.of(after, reading)

    def gained(request: Request) -> Witness | None:
        was, now = (judge.bounds(request) for judge in judges)
        is_new = was.is_allowed is False and now.is_allowed is True
        return Witness(request, was.decision, now.decision) if is_new else None

    def lost(request: Request) -> Witness | None:
        was, now = (judge.bounds(request) for judge in judges)
        is_lost = was.is_allowed is True and now.is_allowed is False
        return Witness(request, was.decision, now.decision) if is_lost else None

    half = limits.milliseconds / 2
    budget, ends = Budget(limits, deadline(half * SEARCHING)), deadline(half)
    added = side(gains(old, new, budget, reading), ("before", "after"), gained, catalogue, budget, ends)
    budget, ends = Budget(limits, deadline(half * SEARCHING)), deadline(half)
    removed = side(gains(new, old, budget, reading), ("after", "before"), lost, catalogue, budget, ends)
    return Comparison(
        grants_new_access=added.answer,
        revokes_access=removed.answer,
        added=added.lines,
        removed=removed.lines,
        complete=added.complete and removed.complete,
        witness=added.witness,
        lost=removed.witness,
        reason=added.reason or removed.reason,
        reading=reading,
    )


def side(
    found: Gains, words: tuple[str, str], shown: Shown, catalogue: Catalogue, budget: Budget, ends: float
) -> Side:
    """The answer and the lines of one direction; at most `budget.lines` of them.

    Where nothing was found and the search came to no end, likely requests are tried until `ends`.
    """
    confirm = _confirming(shown)
    lines: list[Change] = []
    late: Unknown | None = None
    try:
        for line in islice(changes(found.found, words, confirm, catalogue, budget.tick), budget.lines + 1):
            lines.append(line)
    except Stuck as stuck:
        late = stuck.why
    told = joined(lines[: budget.lines], catalogue)
    is_all = late is None and len(lines) <= budget.lines and not any(one.has_more for one in found.found)
    reason = found.doubt or late
    if reason is None and not is_all:
        reason = Unknown("too-many-lines", "added")
    nothing = Answer.NO if found.doubt is None else Answer.UNKNOWN
    witness = told[0].witness if told else None
    if witness is None and found.found:
        witness = plain_witness(found.found[0], confirm)
    if witness is None and found.left:
        tried = map(shown, candidates(found.left, found.seeds, catalogue, ends))
        witness = next((each for each in tried if each is not None), None)
    return Side(
        nothing if witness is None else Answer.YES,
        witness,
        tuple(told),
        is_all and found.doubt is None,
        reason,
    )


def _confirming(shown: Shown) -> Confirm:
    """For a request that the search vouches for. Raises: Mismatch where the evaluator does not agree."""

    def confirm(request: Request) -> Witness:
        witness = shown(request)
        if witness is None:
            raise Mismatch(f"the evaluator does not confirm {request}")
        return witness

    return confirm
