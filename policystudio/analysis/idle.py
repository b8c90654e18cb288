"""What changes nothing in a document: statements, entries of their lists and conditions, each with the reason.

*Idle* means that no request gains or loses access when it goes; each is proved by one search of the comparison, and
what cannot be proved within the limits is not named. Source: analysis design, section 7.

All that is named may go at once. What goes either only narrows access (an Allow, an entry of it, a condition of a
Deny) or only widens it (a Deny, an entry of it, a condition of an Allow). Those of one kind are tried one after the
other, each without the ones named before it; and since the document without the first kind allows no less than the
original, and without the second no more, it allows the same without both. Of two that cover each other the later goes.

Decision: other policies are not considered, so a Deny that is idle here may still hold against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from policystudio.analysis.comparing.gains import gains
from policystudio.analysis.comparing.limits import Budget, Limits, deadline
from policystudio.analysis.comparing.relevance import may_meet
from policystudio.analysis.comparing.statements import Clause, Entry, Place, clause
from policystudio.analysis.deciding import STATED, Reading
from policystudio.analysis.probing import outside, surely_allows, surely_denies
from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.patterns import fold, normal

_STATED_LIMITS = Limits()


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


class Part(StrEnum):
    STATEMENT = "statement"
    ACTION = "action"
    RESOURCE = "resource"
    CONDITION = "condition"


class Idle(NamedTuple):
    """Something idle at `path`, in the statement of that index.

    `blame` is the index of the one statement that by itself is the reason, None where it takes several; `conditions`
    are the paths of those that contradict each other.
    """

    part: Part
    why: Why
    path: str
    statement: int
    blame: int | None = None
    conditions: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """An entry of a list: what the statement says by it alone, and what it says without it."""

    piece: Clause
    rest: Clause


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement and its clause."""

    statement: Statement
    clause: Clause

    @property
    def index(self) -> int:
        return self.statement.index

    def conditions(self) -> Iterator[tuple[Entry, str]]:
        """Each entry that has a reading, with its path."""
        paths = {(each.operator.text, each.key.text): each.path for each in self.statement.conditions}
        for entry in sorted(self.clause.entries):
            yield entry, paths[entry.operator, entry.key]


def idle_statements(
    document: Document, *, limits: Limits = _STATED_LIMITS, reading: Reading = STATED
) -> tuple[Idle, ...]:
    """All that is surely idle, in the document's order; `limits` hold for all of it together.

    Of a statement that is idle as a whole the parts are not named. Raises: nothing.
    """
    read = [_Read(each, clause(each, Place(0, each.path))) for each in document.statements]
    search = _Search(Budget(limits, deadline(limits.milliseconds)), reading)
    found = [*_narrowing(read, search), *_widening(read, search)]
    whole = {each.statement for each in found if each.part is Part.STATEMENT}
    kept = (each for each in found if each.part is Part.STATEMENT or each.statement not in whole)
    return tuple(sorted(kept, key=lambda each: (each.statement, list(Part).index(each.part))))


class _Search:
    """Asks the search of the comparison."""

    def __init__(self, budget: Budget, reading: Reading) -> None:
        self._budget = budget
        self._reading = reading

    @property
    def is_over(self) -> bool:
        return self._budget.is_late

    def denies(self, piece: Clause, allows: Sequence[Clause], denies: Sequence[Clause]) -> bool:
        """Whether it is plain that the Deny takes something away; a probe counts on the reading of missing keys."""
        return self._reading.missing_negated and surely_denies(piece, allows, denies)

    def is_nothing(
        self, before: Iterable[Clause], after: Iterable[Clause], *, never: Clause | None = None
    ) -> bool:
        """Whether surely no request is allowed after that was not before, and that `never` matches."""
        if self.is_over:
            return False
        found = gains(list(before), list(after), self._budget, self._reading, never=never)
        return not found.found and found.doubt is None


def _narrowing(read: Sequence[_Read], search: _Search) -> Iterator[Idle]:
    """Allows, their entries, and the conditions of Denies."""
    denies = [each.clause for each in read if not each.clause.is_allow]
    left = {each.index: each.clause for each in read if each.clause.is_allow}
    for each in [each for each in reversed(read) if each.clause.is_allow]:
        others = [other for at, other in left.items() if at != each.index]
        why = _why_allow(each.clause, others, denies, search)
        if why is not None:
            del left[each.index]
            yield _idle(Part.STATEMENT, each.statement.path, each, why)
            continue
        yield from _repeated(each)
        for path, part in _entries(each):
            split = _without(left[each.index], part, path, each)
            if split is None or search.is_over:
                continue
            why = _why_allow(split.piece, [split.rest, *others], denies, search)
            if why is not None:
                left[each.index] = split.rest
                yield _idle(part, path, each, why)
    allows = list(left.values())
    held = {each.index: each.clause for each in read if not each.clause.is_allow}
    for each in [each for each in read if not each.clause.is_allow]:
        for entry, path in each.conditions():
            wider = _changed(held[each.index], entries=held[each.index].entries - {entry})
            failing = outside(held[each.index], entry)
            others = [other for at, other in held.items() if at != each.index]
            if failing is not None and search.denies(_changed(wider, entries=failing), allows, others):
                continue
            # Of a Deny that would take nothing away without the condition either, no condition is to blame.
            if search.is_nothing((), [*allows, *held.values()], never=wider) and not search.is_nothing(
                (), allows, never=wider
            ):
                held[each.index] = wider
                yield Idle(Part.CONDITION, Why.NO_LIMIT, path, each.index)


def _widening(read: Sequence[_Read], search: _Search) -> Iterator[Idle]:
    """Denies, their entries, and the conditions of Allows."""
    allows = {each.index: each.clause for each in read if each.clause.is_allow}
    left = {each.index: each.clause for each in read if not each.clause.is_allow}
    for each in [each for each in reversed(read) if not each.clause.is_allow]:
        others = [other for at, other in left.items() if at != each.index]
        why = _why_deny(each.clause, list(allows.values()), others, search)
        if why is not None:
            del left[each.index]
            yield _idle(Part.STATEMENT, each.statement.path, each, why)
            continue
        yield from _repeated(each)
        for path, part in _entries(each):
            split = _without(left[each.index], part, path, each)
            if split is None or search.is_over:
                continue
            why = _why_deny(split.piece, list(allows.values()), [split.rest, *others], search)
            if why is not None:
                left[each.index] = split.rest
                yield _idle(part, path, each, why)
    for each in [each for each in read if each.clause.is_allow]:
        for entry, path in each.conditions():
            wider = _changed(allows[each.index], entries=allows[each.index].entries - {entry})
            failing = outside(allows[each.index], entry)
            others = [other for at, other in allows.items() if at != each.index]
            if failing is not None and surely_allows(
                _changed(wider, entries=failing), [*others, *left.values()]
            ):
                continue
            if search.is_nothing(allows.values(), [wider, *left.values()]):
                allows[each.index] = wider
                yield Idle(Part.CONDITION, Why.NO_LIMIT, path, each.index)


def _entries(each: _Read) -> Iterator[tuple[str, Part]]:
    """The entries of its lists, the later ones first; what a list leaves out, or says again, is not tried."""
    for part, texts in _lists(each.statement):
        seen = {_spelling(part, text.text): text.path for text in reversed(texts)}
        if len(seen) > 1:
            yield from ((text.path, part) for text in reversed(texts) if text.path in seen.values())


def _repeated(each: _Read) -> Iterator[Idle]:
    """The entries that say word for word what an earlier one of their list says."""
    for part, texts in _lists(each.statement):
        seen: set[str] = set()
        for text in texts:
            spelling = _spelling(part, text.text)
            if spelling in seen:
                yield Idle(part, Why.SHADOWED, text.path, each.index, each.index)
            seen.add(spelling)


def _lists(statement: Statement) -> tuple[tuple[Part, Sequence[Text]], ...]:
    return (Part.ACTION, statement.actions), (Part.RESOURCE, statement.resources)


def _spelling(part: Part, text: str) -> str:
    return normal(fold(text)) if part is Part.ACTION else text


def _without(now: Clause, part: Part, path: str, each: _Read) -> _Entry | None:
    """The clause split by one entry of a list; None for the last one that is left."""
    statement = each.statement
    texts = statement.actions if part is Part.ACTION else statement.resources
    text = next(text.text for text in texts if text.path == path)
    if part is Part.ACTION:
        folded = normal(fold(text))
        if len(now.actions) < 2 or folded not in now.actions:
            return None
        others = {key: spelt for key, spelt in now.actions.items() if key != folded}
        return _Entry(_changed(now, actions={folded: now.actions[folded]}), _changed(now, actions=others))
    own = tuple(row for row in now.rows if row.text == text)
    if len(now.rows) < 2 or not own:
        return None
    return _Entry(
        _changed(now, rows=own), _changed(now, rows=tuple(row for row in now.rows if row not in own))
    )


def _changed(clause: Clause, **fields: Any) -> Clause:
    """The clause with other contents, which no other is taken to be equal to."""
    return replace(clause, says=(object(),), **fields)


class _Reason(NamedTuple):
    why: Why
    blame: Place | None = None
    conditions: tuple[Entry, ...] = ()


def _why_allow(
    piece: Clause, others: Sequence[Clause], denies: Sequence[Clause], search: _Search
) -> _Reason | None:
    """Why an Allow, or a piece of one, adds nothing; None when it does, or when that is not sure."""
    if surely_allows(piece, [*others, *denies]):
        return None
    meeting = [each for each in others if may_meet(piece, each)]
    denying = [each for each in denies if may_meet(piece, each)]
    if not search.is_nothing(meeting, [piece, *denying]):
        return None
    if search.is_nothing((), [piece]):
        return _Reason(Why.EMPTY, conditions=_contradicting(piece, search))
    if search.is_nothing((), [piece, *denying]):
        blamed = (each for each in denying if search.is_nothing((), [piece, each]))
        return _Reason(Why.DENIED, _place(blamed))
    blamed = (each for each in meeting if search.is_nothing([each], [piece, *denying]))
    return _Reason(Why.SHADOWED, _place(blamed))


def _why_deny(
    piece: Clause, allows: Sequence[Clause], others: Sequence[Clause], search: _Search
) -> _Reason | None:
    """Why a Deny, or a piece of one, takes nothing away."""
    if search.denies(piece, allows, others):
        return None
    allowing = [each for each in allows if may_meet(piece, each)]
    denying = [each for each in others if may_meet(piece, each)]
    if not search.is_nothing((), [*allowing, *denying], never=piece):
        return None
    as_allow = _changed(piece, is_allow=True)
    if search.is_nothing((), [as_allow]):
        return _Reason(Why.EMPTY, conditions=_contradicting(as_allow, search))
    if search.is_nothing((), allowing, never=piece):
        return _Reason(Why.NOTHING_TO_DENY)
    blamed = (each for each in denying if search.is_nothing((), [*allowing, each], never=piece))
    return _Reason(Why.SHADOWED, _place(blamed))


def _place(found: Iterator[Clause]) -> Place | None:
    return next((each.place for each in found), None)


def _idle(part: Part, path: str, each: _Read, why: _Reason) -> Idle:
    blame = None if why.blame is None else int(why.blame.path.rpartition("/")[2])
    paths = dict(each.conditions())
    return Idle(part, why.why, path, each.index, blame, tuple(paths[entry] for entry in why.conditions))


def _contradicting(piece: Clause, search: _Search) -> tuple[Entry, ...]:
    """The entries on the one key whose conditions suffice to match nothing."""
    for key in sorted({entry.key for entry in piece.entries}):
        own = piece.entries_on(key)
        if search.is_nothing((), [_changed(piece, entries=frozenset(own), unsure=frozenset())]):
            return own
    return ()
