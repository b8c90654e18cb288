"""A statement as a typed tree, the same for every language: effect, actions, resources by place, conditions.

Made by `understand.py`; each language only chooses words and their order. Every leaf keeps its JSON Pointer. Two
statements have the same tree only if they mean the same, so that a sentence can be read back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from policystudio.ram.document import Effect


class Do(Enum):
    """How an entry of an action list speaks of actions."""

    EVERYTHING = auto()
    EVERY_KMS = auto()
    EVERY_OF_SERVICE = auto()
    """`text` is the service."""
    KNOWN = auto()
    """`text` is the catalogue's spelling."""
    OF_TEAM = auto()
    UNKNOWN = auto()
    """An action of KMS that the catalogue does not have."""
    NAMED = auto()
    """Of another service, which the catalogue says nothing about."""
    BEGINS = auto()
    FITS = auto()
    FITS_ANY_SERVICE = auto()


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of an action list."""

    kind: Do
    text: str
    path: str


class Match(Enum):
    """How one field of a resource name, or its rest, is given."""

    EVERY = auto()
    IS = auto()
    BEGINS = auto()
    FITS = auto()
    NONE = auto()
    """The field is empty."""
    TARGET = auto()
    """A placeholder alone: what a target puts in its place."""


@dataclass(frozen=True, slots=True)
class Field:
    match: Match
    text: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a resource names within its place.

    `type` is the first word of the relative id, such as `key`, when `name` is what follows its slash; empty when `name`
    is the whole relative id. `is_container` stands for the word alone. `service` is None for KMS.
    """

    type: str
    name: Field
    is_container: bool
    service: Field | None
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one region and one account; `path` is that of the list."""

    region: Field
    account: Field
    things: tuple[Thing, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The lone star: every resource of every service, and operations that have none."""

    path: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that is no resource name."""

    text: str
    path: str


Place = Group | Whole | Unreadable


class Comparison(Enum):
    """What is asked of a value. All but the orders and the truths can be negated."""

    IS = auto()
    IS_IGNORING_CASE = auto()
    FITS = auto()
    EQUALS = auto()
    LESS = auto()
    AT_MOST = auto()
    MORE = auto()
    AT_LEAST = auto()
    MOMENT = auto()
    BEFORE = auto()
    NOT_AFTER = auto()
    AFTER = auto()
    NOT_BEFORE = auto()
    TRUE = auto()
    FALSE = auto()
    WITHIN = auto()


class Doubt(Enum):
    """Why nobody can tell whether a condition holds."""

    UNDOCUMENTED = auto()
    """RAM documents no meaning for the operator."""
    UNREADABLE = auto()
    """A value is none of the operator's kind, or there are more values or fewer than it takes."""


@dataclass(frozen=True, slots=True)
class Value:
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class If:
    """One condition entry. `comparison` is None exactly when there is a `doubt`; `values` are alternatives.

    When `is_negated`, none of them may fit, and a request without the key passes too.
    """

    operator: Value
    key: Value
    comparison: Comparison | None
    is_negated: bool
    values: tuple[Value, ...]
    doubt: Doubt | None
    is_of_team: bool
    path: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement. `is_use` says that all actions use a key, so that one may say "with" it.

    `acts` are exceptions when `all_acts_but`, `places` when `all_places_but`; a trust policy has no places.
    """

    index: int
    path: str
    effect: Effect
    acts: tuple[Act, ...]
    all_acts_but: bool
    acts_path: str
    is_use: bool
    places: tuple[Place, ...]
    all_places_but: bool
    places_path: str
    conditions: tuple[If, ...]
