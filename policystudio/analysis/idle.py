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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from policystudio.analysis.comparing.limits import Budget, Limits, deadline
from policystudio.analysis.comparing.statements import Clause, Entry, Place, clause
from policystudio.analysis.deciding import STATED, Reading
from policystudio.analysis.probing import outside, surely_allows
from policystudio.analysis.redundancy import Reason, Search, Why, changed, why_allow, why_deny
from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.patterns import fold, normal

__all__ = ["Idle", "Part", "Why", "idle_statements"]

_STATED_LIMITS = Limits()


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
    search = Search(Budget(limits, deadline(limits.milliseconds)), reading)
    found = [*_narrowing(read, search), *_widening(read, search)]
    whole = {each.statement for each in found if each.part is Part.STATEMENT}
    kept = (each for each in found if each.part is Part.STATEMENT or each.statement not in whole)
    return tuple(sorted(kept, key=lambda each: (each.statement, list(Part).index(each.part))))


def _narrowing(read: Sequence[_Read], search: Search) -> Iterator[Idle]:
    """Allows, their entries, and the conditions of Denies."""
    denies = [each.clause for each in read if not each.clause.is_allow]
    left = {each.index: each.clause for each in read if each.clause.is_allow}
    for each in [each for each in reversed(read) if each.clause.is_allow]:
        others = [other for at, other in left.items() if at != each.index]
        why = None if search.is_over else why_allow(each.clause, others, denies, search)
        if why is not None:
            del left[each.index]
            yield _idle(Part.STATEMENT, each.statement.path, each, why)
            continue
        yield from _repeated(each)
        for path, part in _entries(each):
            if search.is_over:
                break
            split = _without(left[each.index], part, path, each)
            if split is None:
                continue
            why = why_allow(split.piece, [split.rest, *others], denies, search)
            if why is not None:
                left[each.index] = split.rest
                yield _idle(part, path, each, why)
    allows = list(left.values())
    held = {each.index: each.clause for each in read if not each.clause.is_allow}
    for each in [each for each in read if not each.clause.is_allow]:
        for entry, path in each.conditions():
            if search.is_over:
                break
            wider = changed(held[each.index], entries=held[each.index].entries - {entry})
            failing = outside(held[each.index], entry)
            others = [other for at, other in held.items() if at != each.index]
            if failing is not None and search.denies(changed(wider, entries=failing), allows, others):
                continue
            # Of a Deny that would take nothing away without the condition either, no condition is to blame.
            if search.is_nothing((), [*allows, *held.values()], never=wider) and not search.is_nothing(
                (), allows, never=wider
            ):
                held[each.index] = wider
                yield Idle(Part.CONDITION, Why.NO_LIMIT, path, each.index)


def _widening(read: Sequence[_Read], search: Search) -> Iterator[Idle]:
    """Denies, their entries, and the conditions of Allows."""
    allows = {each.index: each.clause for each in read if each.clause.is_allow}
    left = {each.index: each.clause for each in read if not each.clause.is_allow}
    for each in [each for each in reversed(read) if not each.clause.is_allow]:
        others = [other for at, other in left.items() if at != each.index]
        why = None if search.is_over else why_deny(each.clause, list(allows.values()), others, search)
        if why is not None:
            del left[each.index]
            yield _idle(Part.STATEMENT, each.statement.path, each, why)
            continue
        yield from _repeated(each)
        for path, part in _entries(each):
            if search.is_over:
                break
            split = _without(left[each.index], part, path, each)
            if split is None:
                continue
            why = why_deny(split.piece, list(allows.values()), [split.rest, *others], search)
            if why is not None:
                left[each.index] = split.rest
                yield _idle(part, path, each, why)
    for each in [each for each in read if each.clause.is_allow]:
        for entry, path in each.conditions():
            if search.is_over:
                break
            wider = changed(allows[each.index], entries=allows[each.index].entries - {entry})
            failing = outside(allows[each.index], entry)
            others = [other for at, other in allows.items() if at != each.index]
            if failing is not None and surely_allows(
                changed(wider, entries=failing), [*others, *left.values()]
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
            firsts = set(seen.values())
            yield from ((text.path, part) for text in reversed(texts) if text.path in firsts)


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
        return _Entry(changed(now, actions={folded: now.actions[folded]}), changed(now, actions=others))
    own = tuple(row for row in now.rows if row.text == text)
    if len(now.rows) < 2 or not own:
        return None
    return _Entry(changed(now, rows=own), changed(now, rows=tuple(row for row in now.rows if row not in own)))


def _idle(part: Part, path: str, each: _Read, why: Reason) -> Idle:
    blame = None if why.blame is None else int(why.blame.path.rpartition("/")[2])
    paths = dict(each.conditions())
    return Idle(part, why.why, path, each.index, blame, tuple(paths[entry] for entry in why.conditions))
