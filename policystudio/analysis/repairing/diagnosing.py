"""Says why a request gets what it gets, and finds the smallest single change that would allow it.

A change counts only if the documents allow the request afterwards, by the evaluator. Of those that count, one is chosen
that allows no more than any other, by the comparison: `a` is smaller than `b` where `b` allows all that `a` does and
more. Decision: the new statement stands as long as nothing is shown to allow less, or the same with less text, since it
names one action and one resource. A statement that may do much more on the resource, but leaves out one value of a key
that the request did not carry, is no smaller by the comparison, and nobody would call it so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from policystudio.analysis.comparing import Answer, Comparison, Limits, compare
from policystudio.analysis.comparing.limits import deadline
from policystudio.analysis.deciding import STATED, Decision, Evaluation, Policies, Reading, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.repairing.answers import Cause, Diagnosis, Repair
from policystudio.analysis.repairing.edits import Edit, edits, new_statements, obstacle
from policystudio.analysis.repairing.suspects import overrules, suspects
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
"""Of one comparison."""
_BEYOND_CHANGE = (Cause.OUTSIDE, Cause.EXPLICIT_DENY, Cause.DENIED_ELSEWHERE)
"""What an Allow more in these documents does not help against."""
MILLISECONDS = 2_000
"""Until no more changes are tried and compared. What was begun is ended, so that it may be over by one comparison."""


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
    milliseconds: int = MILLISECONDS,
) -> Diagnosis:
    """The cause, and at most `MOST_SHOWN` changes, the smallest first.

    Only the documents with an index in `changeable` are changed, all of them where it is None; without documents, and
    where none has room for a statement, the change is a new one. What is reported of another request says nothing of
    this one. After `milliseconds` no more changes are looked at.
    Raises: ValueError for what is no request, see `request.faults`.
    """
    catalogue = catalogue or load()
    if reported is not None and not reported.may_mean(request):
        reported = None
    found = evaluate(documents, request, reading=reading)
    cause = _cause(found, reported)
    hindrance = obstacle(request) if cause is not Cause.OUTSIDE else ""
    repairs: tuple[Repair, ...] = ()
    is_smallest = False
    if cause not in _BEYOND_CHANGE and not hindrance:
        search = _Search(documents, request, catalogue, reading, deadline(milliseconds))
        changeable = range(len(documents)) if changeable is None else sorted(changeable)
        repairs, is_smallest = search.repairs(found, changeable)
    return Diagnosis(
        request=request,
        cause=cause,
        evaluation=found,
        denying=tuple(each for each in found.matched if each.effect is Effect.DENY),
        suspects=suspects(found.decision, request.resource, reported),
        repairs=repairs,
        is_smallest=is_smallest,
        obstacle=hindrance,
    )


def _cause(found: Evaluation, reported: Reported | None) -> Cause:
    match found.decision:
        case Decision.ALLOW:
            return Cause.OUTSIDE
        case Decision.EXPLICIT_DENY:
            return Cause.EXPLICIT_DENY
        case Decision.UNKNOWN:
            return Cause.UNKNOWN
    if reported is not None and overrules(reported):
        return Cause.DENIED_ELSEWHERE
    return Cause.NEARLY if found.near else Cause.NOTHING


@dataclass(frozen=True, slots=True)
class _Search:
    """Tries the changes of these documents until `ends`, a moment of the clock that only goes forward."""

    documents: Sequence[Document]
    request: Request
    catalogue: Catalogue
    reading: Reading
    ends: float

    def repairs(self, found: Evaluation, changeable: Sequence[int]) -> tuple[tuple[Repair, ...], bool]:
        """The changes that help, the smallest first; and whether it is known that no other allows less."""
        nearest = dict.fromkeys(each.document for each in found.near if each.document in changeable)
        order = [*nearest, *(index for index in changeable if index not in nearest)]
        new = self._new(order)
        single, is_all = self._first(self._helping(self._single(found, order)))
        tried = [*single, *new]
        if not tried:
            return (), False
        best, is_sure = self._smallest(tried, new[0] if new else tried[0])
        made = [self._repair(best)]
        for each in [each for each in tried if each is not best][: MOST_SHOWN - 1]:
            if self._is_over():
                break
            made.append(self._repair(each))
        return tuple(made), is_all and is_sure

    def _first(self, helping: Iterator[_Tried | None]) -> tuple[list[_Tried], bool]:
        """Those that are compared, and whether that is all of them. Half of the time is left for comparing."""
        found: list[_Tried] = []
        half = (monotonic() + self.ends) / 2
        for each in helping:
            if monotonic() > half or len(found) == MOST_HELPING:
                return found, False
            if each is not None:
                found.append(each)
        return found, True

    def _is_over(self) -> bool:
        return monotonic() > self.ends

    def _compared(self, before: Sequence[Document], after: Sequence[Document]) -> Comparison:
        return compare(before, after, reading=self.reading, limits=_LIMITS, catalogue=self.catalogue)

    def _repair(self, tried: _Tried) -> Repair:
        comparison = self._compared(self.documents, tried.after)
        return Repair(tried.document, tried.edit, tried.text, comparison)

    def _smallest(self, tried: Sequence[_Tried], first: _Tried) -> tuple[_Tried, bool]:
        """One that allows no more than any other, and whether that is sure.

        One pass finds it: what is not smaller than an earlier best is not smaller than its successor either.
        """
        best, is_sure = first, not self._is_over()
        for each in tried:
            if each is best:
                continue
            if self._is_over():
                return best, False
            found = self._compared(each.after, best.after)
            is_no_larger, is_smaller = found.revokes_access, found.grants_new_access
            if is_no_larger is Answer.NO and (is_smaller is Answer.YES or best is first):
                best = each
            is_sure = is_sure and Answer.UNKNOWN not in (is_no_larger, is_smaller)
        return best, is_sure

    def _new(self, order: Sequence[int]) -> list[_Tried]:
        """The new statements, in the nearest document that has room for one, else in a new document."""
        for place in (*order, None):
            made = new_statements(self.documents, self.request, self.catalogue)
            helping = [each for each in self._helping((place, edit) for edit in made) if each is not None]
            if helping:
                return helping
        return []

    def _single(self, found: Evaluation, order: Sequence[int]) -> Iterator[tuple[int | None, Edit]]:
        """The changes of what alone keeps a statement from matching; no other change of one list can help."""
        known = self.catalogue.action(self.request.action)
        action = self.request.action if known is None else known.name
        failing = {
            (each.document, each.failing[0].path)
            for each in found.trace
            if each.effect is Effect.ALLOW and len(each.failing) == 1
        }
        for index in order:
            for edit in edits(self.documents[index], action, self.request):
                if (index, edit.path) in failing:
                    yield index, edit

    def _helping(self, tried: Iterable[tuple[int | None, Edit]]) -> Iterator[_Tried | None]:
        """For each of the changes: what it makes, or None where the request is not allowed then."""
        for index, edit in tried:
            text = applied(None if index is None else self.documents[index], edit)
            changed = None if text is None else read_given(text).document
            if text is None or changed is None:
                yield None
                continue
            after = _with(self.documents, index, changed)
            helps = Policies.of(after, self.reading).bounds(self.request).decision is Decision.ALLOW
            yield _Tried(index, edit, text, after) if helps else None


def _with(documents: Sequence[Document], index: int | None, changed: Document) -> tuple[Document, ...]:
    if index is None:
        return (*documents, changed)
    return (*documents[:index], changed, *documents[index + 1 :])
