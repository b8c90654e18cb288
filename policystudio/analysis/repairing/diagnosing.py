"""Says why a request gets what it gets, and finds the smallest single change that would allow it.

A change counts only if the documents allow the request afterwards, by the evaluator. Of those that count, one is chosen
that allows no more than any other, by the comparison: `a` is smaller than `b` where `b` allows all that `a` does and
more. Decision: where the comparison cannot tell, neither is smaller, and what stands earlier in `edits.py` is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from policystudio.analysis.comparing import Answer, Limits, compare
from policystudio.analysis.deciding import STATED, Decision, Evaluation, Policies, Reading, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.repairing.answers import Cause, Diagnosis, Repair
from policystudio.analysis.repairing.edits import Edit, Way, edits, new_statements, obstacle
from policystudio.analysis.repairing.suspects import suspects
from policystudio.analysis.repairing.writing import applied
from policystudio.analysis.reported import Reported
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document, Effect

MOST_HELPING = 50
"""Changes of statements that help and are compared with each other."""
MOST_SHOWN = 5
_LIMITS = Limits(milliseconds=500)
_MOST_DOUBTS = 3
"""After so many comparisons that cannot tell, the others are not made: the documents are of a kind that takes long."""


class _Tried(NamedTuple):
    """A change that helps, and all documents after it."""

    document: int | None
    edit: Edit
    text: str
    after: tuple[Document, ...]


def diagnose(
    documents: Sequence[Document],
    request: Request,
    reported: Reported | None = None,
    *,
    changeable: Collection[int] | None = None,
    catalogue: Catalogue | None = None,
    reading: Reading = STATED,
) -> Diagnosis:
    """The cause, and at most `MOST_SHOWN` changes, the smallest first.

    Only the documents with an index in `changeable` are changed, all of them where it is None; without documents the
    change is a new one. Raises: ValueError for what is no request, see `request.faults`.
    """
    catalogue = catalogue or load()
    found = evaluate(documents, request, reading=reading)
    cause = _cause(found)
    hindrance = obstacle(request) if cause is not Cause.OUTSIDE else ""
    repairs: tuple[Repair, ...] = ()
    if cause not in (Cause.OUTSIDE, Cause.EXPLICIT_DENY) and not hindrance:
        allowed = range(len(documents)) if changeable is None else sorted(changeable)
        repairs = _repairs(documents, request, found, allowed, catalogue, reading)
    return Diagnosis(
        request=request,
        cause=cause,
        evaluation=found,
        denying=tuple(each for each in found.matched if each.effect is Effect.DENY),
        suspects=suspects(found.decision, request.resource, reported),
        repairs=repairs,
        obstacle=hindrance,
    )


def _cause(found: Evaluation) -> Cause:
    match found.decision:
        case Decision.ALLOW:
            return Cause.OUTSIDE
        case Decision.EXPLICIT_DENY:
            return Cause.EXPLICIT_DENY
        case Decision.UNKNOWN:
            return Cause.UNKNOWN
    return Cause.NEARLY if found.near else Cause.NOTHING


def _repairs(
    documents: Sequence[Document],
    request: Request,
    found: Evaluation,
    changeable: Sequence[int],
    catalogue: Catalogue,
    reading: Reading,
) -> tuple[Repair, ...]:
    nearest = dict.fromkeys(each.document for each in found.near if each.document in changeable)
    order = [*nearest, *(index for index in changeable if index not in nearest)]
    single = _single(documents, request, found, order, catalogue)
    helping = islice(_helping(documents, request, single, reading), MOST_HELPING)
    made = ((order[0] if order else None, edit) for edit in new_statements(documents, request, catalogue))
    tried = [*helping, *_helping(documents, request, made, reading)]
    if not tried:
        return ()
    best = _smallest(tried, catalogue, reading)
    ordered = [best, *(each for each in tried if each is not best)]
    return tuple(
        Repair(
            each.document,
            each.edit,
            each.text,
            compare(documents, each.after, reading=reading, limits=_LIMITS, catalogue=catalogue),
        )
        for each in ordered[:MOST_SHOWN]
    )


def _smallest(tried: Sequence[_Tried], catalogue: Catalogue, reading: Reading) -> _Tried:
    """One that allows no more than any other. One pass finds it: what is not smaller than an earlier best is not
    smaller than its successor either."""
    best, doubts = tried[0], 0
    for each in tried[1:]:
        found = compare(each.after, best.after, reading=reading, limits=_LIMITS, catalogue=catalogue)
        if found.revokes_access is Answer.NO and found.grants_new_access is Answer.YES:
            best = each
        doubts += Answer.UNKNOWN in (found.revokes_access, found.grants_new_access)
        if doubts >= _MOST_DOUBTS:
            return tried[-1] if tried[-1].edit.way is Way.NEW_STATEMENT else best
    return best


def _single(
    documents: Sequence[Document],
    request: Request,
    found: Evaluation,
    order: Sequence[int],
    catalogue: Catalogue,
) -> Iterator[tuple[int | None, Edit]]:
    """The changes of what alone keeps a statement from matching; no other change of one list can help."""
    known = catalogue.action(request.action)
    action = request.action if known is None else known.name
    failing = {
        (each.document, each.failing[0].path)
        for each in found.trace
        if each.effect is Effect.ALLOW and len(each.failing) == 1
    }
    for index in order:
        for edit in edits(documents[index], action, request):
            if (index, edit.path) in failing:
                yield index, edit


def _helping(
    documents: Sequence[Document],
    request: Request,
    tried: Iterable[tuple[int | None, Edit]],
    reading: Reading,
) -> Iterator[_Tried]:
    """Those of the changes after which the request is allowed."""
    for index, edit in tried:
        text = applied(None if index is None else documents[index], edit)
        changed = None if text is None else read_given(text).document
        if changed is None or text is None:
            continue
        after = (*documents, changed) if index is None else _replaced(documents, index, changed)
        if Policies.of(after, reading).bounds(request).decision is Decision.ALLOW:
            yield _Tried(index, edit, text, after)


def _replaced(documents: Sequence[Document], index: int, changed: Document) -> tuple[Document, ...]:
    return (*documents[:index], changed, *documents[index + 1 :])
