"""Leaves out what changes nothing: statements, entries of lists, conditions and values, one after the other.

Each piece is proved against what is left at that moment, which by the steps before it means the same as the original.
Two things have to stay the same: what is allowed; and what is explicitly denied, as that holds against the other
policies of the same user too. For the second a Deny counts like an Allow that nothing denies. Of a document that is
said to stand alone only the first has to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import methodcaller
from typing import Any

from policystudio.analysis.access.filling import UNFILLED, Blanks, filled
from policystudio.analysis.comparing.statements import Clause, Entry, Place, clause
from policystudio.analysis.minimising.answers import Kind, Step
from policystudio.analysis.minimising.merging import merged
from policystudio.analysis.probing import outside, surely_allows
from policystudio.analysis.redundancy import Reason, Search, Why, changed, why_allow, why_deny
from policystudio.ram.document import Condition, Document, Effect, Statement, Text

_NARROWING, _WIDENING = ("actions", "resources"), ("not_actions", "not_resources")


class Dropping:
    """The statements that are left, and the steps that led there; `worlds` are all that the document has to mean."""

    def __init__(self, document: Document, worlds: Sequence[Blanks], search: Search, *, alone: bool) -> None:
        self.kept = {each.index: each for each in document.statements}
        self.steps: list[Step] = []
        self._search = search
        self._views = [_View(document, blanks, search, alone=alone) for blanks in worlds]
        for each in document.statements:
            self._put(each)

    @property
    def is_over(self) -> bool:
        return self._search.is_over

    def merge(self) -> None:
        """Joins statements that are equal in all but one list."""
        statements, steps = merged(tuple(self.kept.values()), lambda: self.is_over)
        if not steps:
            return
        self.steps += steps
        self.kept = {each.index: each for each in statements}
        for view in self._views:
            view.clear()
        for each in statements:
            self._put(each)

    def in_order(self) -> list[int]:
        """The indexes of what is left as it is gone through: the Allows, then the Denies, each from the end."""
        order = sorted(self.kept.values(), key=lambda each: (not each.is_allow, -each.index))
        return [each.index for each in order]

    def drop_statements(self) -> None:
        """Leaves out whole statements, the later ones first. A document needs one statement, so the last one stays."""
        for index in self.in_order():
            if len(self.kept) == 1 or self.is_over:
                return
            reason = self._why(methodcaller("why_whole", index))
            if reason is not None:
                statement = self.kept.pop(index)
                for view in self._views:
                    view.remove(index)
                self._note(Kind.STATEMENT, statement.path, statement, reason)

    def drop_entries(self, index: int) -> None:
        """Leaves out entries, conditions and values of one statement, the later ones first."""
        for name in _NARROWING:
            self._drop_texts(index, name, narrows=True)
        for name in _WIDENING:
            self._drop_texts(index, name, narrows=False)
        self._drop_conditions(index)

    def _drop_texts(self, index: int, name: str, *, narrows: bool) -> None:
        for text in reversed(getattr(self.kept[index], name)):
            if self.is_over:
                return
            statement = self.kept[index]
            left = _without(getattr(statement, name), text)
            if left:
                piece = _with_list(statement, name, (text,)) if narrows else None
                self._try(Kind.ENTRY, text.path, _with_list(statement, name, left), piece)

    def _drop_conditions(self, index: int) -> None:
        for condition in reversed(self.kept[index].conditions):
            if self.is_over:
                return
            entry = self._entry(self.kept[index], condition)
            if entry is None:
                continue
            statement = self.kept[index]
            left = tuple(each for each in statement.conditions if each.path != condition.path)
            if self._try(Kind.CONDITION, condition.path, replace(statement, conditions=left), None):
                continue
            for value in reversed(condition.values):
                self._drop_value(index, condition.path, value, narrows=not entry.is_negated)

    def _drop_value(self, index: int, path: str, value: Text, *, narrows: bool) -> None:
        if self.is_over:
            return
        statement = self.kept[index]
        held = next(each.values for each in statement.conditions if each.path == path)
        left = _without(held, value)
        if left:
            piece = _with_values(statement, path, (value,)) if narrows else None
            self._try(Kind.VALUE, value.path, _with_values(statement, path, left), piece)

    def _try(self, kind: Kind, path: str, without: Statement, piece: Statement | None) -> bool:
        """Goes on with the statement `without`, if that is proved to change nothing.

        `piece` is what goes, where the statement matches less without it; None where it matches more.
        """

        def asked(view: _View) -> Reason | None:
            return view.why_wider(without) if piece is None else view.why_piece(piece, without)

        reason = self._why(asked)
        if reason is None:
            return False
        self.kept[without.index] = without
        self._put(without)
        self._note(kind, path, without, reason)
        return True

    def _why(self, ask: Callable[[_View], Reason | None]) -> Reason | None:
        """The reason in the first world, if there is one in each."""
        found: list[Reason] = []
        for view in self._views:
            reason = ask(view)
            if reason is None:
                return None
            found.append(reason)
        is_alike = all((each.why, each.blame) == (found[0].why, found[0].blame) for each in found)
        return found[0] if is_alike else found[0]._replace(blame=None)

    def _put(self, statement: Statement) -> None:
        for view in self._views:
            view.put(statement)

    def _note(self, kind: Kind, path: str, statement: Statement, reason: Reason) -> None:
        blame = None if reason.blame is None else int(reason.blame.path.rpartition("/")[2])
        paths = {(each.operator.text, each.key.text): each.path for each in statement.conditions}
        contradicting = tuple(paths[entry.operator, entry.key] for entry in reason.conditions)
        self.steps.append(Step(kind, path, statement.index, reason.why, blame, contradicting))

    def _entry(self, statement: Statement, condition: Condition) -> Entry | None:
        """The condition as the comparison reads it, None where nobody documents what it means."""
        name = condition.operator.text, condition.key.text
        entries = self._views[0].clause(statement).entries
        return next((each for each in entries if (each.operator, each.key) == name), None)


class _View:
    """The statements in one world: what of them adds nothing there."""

    def __init__(self, document: Document, blanks: Blanks, search: Search, *, alone: bool) -> None:
        self._document = document
        self._blanks = blanks
        self._search = search
        self._alone = alone
        self._allows: dict[int, Clause] = {}
        self._denies: dict[int, Clause] = {}
        self._denials: dict[int, Clause] = {}
        """The Denies, as if each allowed what it denies."""

    def clause(self, statement: Statement) -> Clause:
        if self._blanks != UNFILLED:
            statement = filled(replace(self._document, statements=(statement,)), self._blanks).statements[0]
        return clause(statement, Place(0, statement.path))

    def put(self, statement: Statement) -> None:
        made = self.clause(statement)
        if statement.is_allow:
            self._allows[statement.index] = made
        else:
            self._denies[statement.index] = made
            self._denials[statement.index] = self.clause(_as_allow(statement))

    def remove(self, index: int) -> None:
        for held in (self._allows, self._denies, self._denials):
            held.pop(index, None)

    def clear(self) -> None:
        for held in (self._allows, self._denies, self._denials):
            held.clear()

    def why_whole(self, index: int) -> Reason | None:
        """Why the statement adds nothing to the others."""
        if index in self._allows:
            return why_allow(
                self._allows[index], _but(self._allows, index), [*self._denies.values()], self._search
            )
        if self._alone:
            return why_deny(
                self._denies[index], [*self._allows.values()], _but(self._denies, index), self._search
            )
        return why_allow(self._denials[index], _but(self._denials, index), (), self._search)

    def why_piece(self, piece: Statement, rest: Statement) -> Reason | None:
        """Why a piece of a statement adds nothing to its rest and to the others."""
        index = piece.index
        if piece.is_allow:
            others = [self.clause(rest), *_but(self._allows, index)]
            return why_allow(self.clause(piece), others, [*self._denies.values()], self._search)
        if self._alone:
            others = [self.clause(rest), *_but(self._denies, index)]
            return why_deny(self.clause(piece), [*self._allows.values()], others, self._search)
        others = [self.clause(_as_allow(rest)), *_but(self._denials, index)]
        return why_allow(self.clause(_as_allow(piece)), others, (), self._search)

    def why_wider(self, wider: Statement) -> Reason | None:
        """Why a statement may match more without anything else being allowed or denied."""
        index = wider.index
        if wider.is_allow:
            found = self._adds_nothing(index, self.clause(wider), self._allows, [*self._denies.values()])
        elif self._alone:
            everything = [*self._allows.values(), *self._denies.values()]
            found = self._search.is_nothing((), everything, never=self.clause(wider))
        else:
            found = self._adds_nothing(index, self.clause(_as_allow(wider)), self._denials, ())
        return Reason(Why.NO_LIMIT) if found else None

    def _adds_nothing(
        self, index: int, wider: Clause, allows: dict[int, Clause], denies: Sequence[Clause]
    ) -> bool:
        asked = {(entry.operator, entry.key) for entry in wider.entries}
        for entry in allows[index].entries:
            if (entry.operator, entry.key) in asked:
                continue
            # What fails this condition alone is what comes in without it; a plain request of it needs no search.
            failing = outside(allows[index], entry)
            if failing is not None and surely_allows(
                changed(wider, entries=failing), [*_but(allows, index), *denies]
            ):
                return False
        return self._search.is_nothing(allows.values(), [wider, *denies])


def _but(held: dict[int, Clause], index: int) -> list[Clause]:
    return [each for at, each in held.items() if at != index]


def _without(texts: Sequence[Text], text: Text) -> tuple[Text, ...]:
    return tuple(each for each in texts if each.path != text.path)


def _with_list(statement: Statement, name: str, texts: tuple[Text, ...]) -> Statement:
    fields: dict[str, Any] = {name: texts}
    return replace(statement, **fields)


def _as_allow(statement: Statement) -> Statement:
    return replace(statement, effect=Effect.ALLOW)


def _with_values(statement: Statement, path: str, values: tuple[Text, ...]) -> Statement:
    conditions = (
        replace(each, values=values) if each.path == path else each for each in statement.conditions
    )
    return replace(statement, conditions=tuple(conditions))
