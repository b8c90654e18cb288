"""The permission matrix of a document: for each known action and type of resource, what the document says about it.

One document alone is looked at. Decision: "allowed" is said only when a statement without conditions allows the
action on at least one resource of the type and no Deny touches it; whatever a condition or a Deny may take away
is "conditional".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policystudio.catalog.lookup import expand, types_reached
from policystudio.catalog.model import Action, Catalogue
from policystudio.ram.document import Document, Statement
from policystudio.ram.patterns import covers, matches
from policystudio.ram.resources import covers_resource, is_everything, split

MAX_COMPARED = 20_000
"""Pairs of resource patterns compared at most; beyond that a Deny counts as one that takes away a part."""


class State(StrEnum):
    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    NOT_MENTIONED = "not_mentioned"


@dataclass(frozen=True, slots=True)
class Entry:
    """One action on one type of resource. `paths` are the statements that say so, `on_every` that none is left out."""

    action: str
    state: State
    on_every: bool
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The actions of one level of access that one type of resource has."""

    level: str
    type: str
    entries: tuple[Entry, ...]

    @property
    def counts(self) -> dict[State, int]:
        found = Counter(entry.state for entry in self.entries)
        return {state: found[state] for state in State if found[state]}


@dataclass(frozen=True, slots=True)
class Row:
    """A type of resource; `cells` in the order of the matrix's levels."""

    type: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def is_mentioned(self) -> bool:
        return any(entry.state is not State.NOT_MENTIONED for cell in self.cells for entry in cell.entries)


@dataclass(frozen=True, slots=True)
class Matrix:
    levels: tuple[str, ...]
    rows: tuple[Row, ...]

    def entry(self, action: str, type: str) -> Entry | None:
        """What is said about one action on one type; None when the type has no such action."""
        found = (e for row in self.rows if row.type == type for cell in row.cells for e in cell.entries)
        return next((entry for entry in found if entry.action == action), None)


@dataclass(frozen=True, slots=True)
class Known:
    """A statement over the catalogue: its actions, and each resource text with the types that it reaches."""

    statement: Statement
    actions: frozenset[str]
    reaches: tuple[tuple[str, frozenset[str]], ...]

    @property
    def types(self) -> frozenset[str]:
        return frozenset(kind for _, types in self.reaches for kind in types)

    def says(self, action: str, type: str) -> bool:
        return action in self.actions and any(type in types for _, types in self.reaches)


def matrix(document: Document, catalogue: Catalogue) -> Matrix:
    """What the document says about every action of the catalogue. Never raises."""
    judge = _Judge([known(statement, catalogue) for statement in document.statements])
    levels = tuple(dict.fromkeys(action.access_level for action in catalogue.actions.values()))
    actions = [action for action in catalogue.actions.values() if action.authorization_required]
    rows = []
    for kind in catalogue.resource_types.values():
        of_type = [action for action in actions if kind.id in action.resource_types]
        cells = tuple(Cell(level, kind.id, judge.entries(of_type, level, kind.id)) for level in levels)
        if of_type:
            rows.append(Row(kind.id, kind.label, cells))
    return Matrix(levels, tuple(rows))


class _Judge:
    def __init__(self, statements: Iterable[Known]) -> None:
        self._known = list(statements)
        self._compared = 0

    def entries(self, actions: Iterable[Action], level: str, type: str) -> tuple[Entry, ...]:
        return tuple(self._entry(a.name, type) for a in actions if a.access_level == level)

    def _entry(self, action: str, type: str) -> Entry:
        about = [each for each in self._known if each.says(action, type)]
        denies = [each for each in about if not each.statement.is_allow]
        granted = [
            (each.statement, text)
            for each in about
            if each.statement.is_allow
            for text, types in each.reaches
            if type in types and not any(self._takes(deny, text) for deny in denies)
        ]
        if not about:
            return Entry(action, State.NOT_MENTIONED, False, ())
        if not granted:
            return Entry(action, State.DENIED, False, tuple(each.statement.path for each in denies))
        # A Deny that does not take all of it away leaves less than the Allow says.
        is_plain = not denies and any(not statement.conditions for statement, _ in granted)
        on_every = any(_is_whole(text) for _, text in granted)
        paths = tuple(dict.fromkeys(each.statement.path for each in about))
        return Entry(action, State.ALLOWED if is_plain else State.CONDITIONAL, on_every, paths)

    def _takes(self, deny: Known, text: str) -> bool:
        """Whether a Deny surely takes away all that an Allow on `text` gives."""
        if deny.statement.conditions or deny.statement.not_resources:
            return False
        self._compared += len(deny.reaches)
        if self._compared > MAX_COMPARED:
            return False
        return any(covers_resource(pattern, text) for pattern, _ in deny.reaches)


def known(statement: Statement, catalogue: Catalogue) -> Known:
    """The statement over the catalogue."""
    entries = statement.not_actions or statement.actions
    named = frozenset(action.name for entry in entries for action in expand(catalogue, entry.text))
    if statement.not_actions:
        named = frozenset(action.name for action in catalogue.actions.values()) - named
    if statement.not_resources:
        reached = frozenset(catalogue.resource_types) - _left_out(statement, catalogue)
        return Known(statement, named, (("*", reached),))
    texts = dict.fromkeys(resource.text for resource in statement.resources)
    return Known(statement, named, tuple((text, _types(text, catalogue)) for text in texts))


def _types(text: str, catalogue: Catalogue) -> frozenset[str]:
    if is_everything(text):
        return frozenset(catalogue.resource_types)
    fields = split(text)
    if fields is None or not matches(fields.service, catalogue.service):
        return frozenset()
    return types_reached(catalogue, fields.relative_id)


def _left_out(statement: Statement, catalogue: Catalogue) -> frozenset[str]:
    """The types of which NotResource excepts every resource everywhere."""
    found = set()
    for kind in catalogue.resource_types.values():
        every = kind.word if kind.kind != "object" else f"{kind.word}/*"
        name = "*" if kind.kind == "any" else f"acs:{catalogue.service}:*:*:{every}"
        if any(covers_resource(resource.text, name) for resource in statement.not_resources):
            found.add(kind.id)
    return frozenset(found)


def _is_whole(text: str) -> bool:
    """Whether a resource pattern leaves out no resource of the types that it reaches, within its region and account."""
    fields = split(text)
    return (
        fields is None
        or "/" not in fields.relative_id
        or (
            covers(fields.relative_id.partition("/")[0] + "/*", fields.relative_id)
            and fields.relative_id.endswith("/*")
        )
    )
