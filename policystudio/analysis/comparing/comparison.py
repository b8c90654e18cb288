"""Compares two sets of documents in both directions, and confirms every request that it answers with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from policystudio.analysis.comparing.answers import Answer, Change, Comparison, Witness
from policystudio.analysis.comparing.changes import Confirm, changes, joined
from policystudio.analysis.comparing.gains import Gains, gains
from policystudio.analysis.comparing.limits import Budget, Limits, Unknown, deadline
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.deciding import STATED, Policies, Reading
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document

_STATED_LIMITS = Limits()


class Mismatch(Exception):
    """The evaluator does not confirm a request that the search found: a fault of ours, which is never an answer."""


class Side(NamedTuple):
    """One direction: the answer, the lines, whether they are all, and why not."""

    answer: Answer
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

    def gained(request: Request) -> Witness:
        was, now = (judge.bounds(request) for judge in judges)
        if was.is_allowed is not False or now.is_allowed is not True:
            raise Mismatch(f"{request} is not allowed after alone: {was}, {now}")
        return Witness(request, was.decision, now.decision)

    def lost(request: Request) -> Witness:
        was, now = (judge.bounds(request) for judge in judges)
        if was.is_allowed is not True or now.is_allowed is not False:
            raise Mismatch(f"{request} is not allowed before alone: {was}, {now}")
        return Witness(request, was.decision, now.decision)

    half = limits.milliseconds / 2
    budget = Budget(limits, deadline(half))
    added = side(gains(old, new, budget, reading), ("before", "after"), gained, catalogue, limits)
    budget = Budget(limits, deadline(half))
    removed = side(gains(new, old, budget, reading), ("after", "before"), lost, catalogue, limits)
    return Comparison(
        grants_new_access=added.answer,
        revokes_access=removed.answer,
        added=added.lines,
        removed=removed.lines,
        complete=added.complete and removed.complete,
        witness=added.lines[0].witness if added.lines else None,
        lost=removed.lines[0].witness if removed.lines else None,
        reason=added.reason or removed.reason,
        reading=reading,
    )


def side(
    found: Gains, words: tuple[str, str], confirm: Confirm, catalogue: Catalogue, limits: Limits
) -> Side:
    """The answer and the lines of one direction; at most `limits.lines` of them."""
    lines = list(islice(changes(found.found, words, confirm, catalogue), limits.lines + 1))
    told = joined(lines[: limits.lines], catalogue)
    is_all = len(lines) <= limits.lines and not any(one.has_more for one in found.found)
    reason = found.doubt if found.doubt is not None or is_all else Unknown("too-many-lines", "added")
    nothing = Answer.NO if found.doubt is None else Answer.UNKNOWN
    return Side(Answer.YES if told else nothing, tuple(told), is_all and found.doubt is None, reason)
