"""What one step is: the permissions that it needs, when it is possible, what it changes, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from policystudio.analysis.escalation.model import Goal, Tags, Thing
from policystudio.discovery import discover


class Role(StrEnum):
    """The part that an object has in a step."""

    KEY = "key"
    TARGET = "target"
    """The other key: the one that is encrypted to, or that an alias comes to point at."""
    ALIAS = "alias"
    SECRET = "secret"  # noqa: S105 - the name of a role
    CONTAINER = "container"
    """The collection of all keys or secrets, which making one asks for."""


class Shape(StrEnum):
    """What a step does to the state, as far as the search has to know."""

    CHANGE = "change"
    """Brings one key or secret into another state."""
    USE = "use"
    """Uses a key, which reaches a goal."""
    COPY = "copy"
    """Puts what one key encrypts under another key as well."""
    POINT = "point"
    """Lets an alias point at another key."""
    UNPOINT = "unpoint"
    """Takes an alias away from its key."""
    REPOINT = "repoint"
    """Gives an alias that points nowhere a key."""
    TOUCH = "touch"
    """Uses a secret, which reaches a goal; asks for its key too where it has one of its own."""
    REMAKE = "remake"
    """Makes a secret in the place of one that is gone, which reaches a goal and asks for no key."""


class Need(NamedTuple):
    """One permission that a step asks for."""

    action: str
    role: Role


def _any(thing: Thing) -> bool:
    return True


def _unchanged(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    return ()


@dataclass(frozen=True, slots=True)
class Transition:
    """`needs` are alternatives, each with all permissions that are asked for; none at all is `((),)`.

    `text` is a sentence with the names of the roles as blanks, and `{tags}` where tags are set or removed.
    """

    text: str
    needs: tuple[tuple[Need, ...], ...]
    shape: Shape
    source: str
    """Where the facts are from."""
    is_inferred: bool
    """Whether something of it is our own reading of the sources; `source` says what."""
    goals: frozenset[Goal] = frozenset()
    of: Role = Role.KEY
    """What `after` changes: a key or a secret."""
    when: Callable[[Thing], bool] = _any
    """Whether the object of role `of` lets it happen."""
    target: Callable[[Thing], bool] = _any
    after: Callable[[Thing, Sequence[Tags]], Iterable[Thing]] = _unchanged
    """The states that it leads to; of the second argument the tags are chosen."""
    sends_tags: bool = False
    """Whether the request carries the tags that it sets."""


def usable(thing: Thing) -> bool:
    """Whether the key can be worked with, for `when` and `target`."""
    return thing.is_usable


def needed(action: str, *others: str, role: Role = Role.KEY) -> tuple[tuple[Need, ...], ...]:
    """Any of these actions on one object."""
    return tuple((Need(each, role),) for each in (action, *others))


@cache
def transitions() -> dict[str, Transition]:
    """All of them by the name of their file."""
    return discover("policystudio.analysis.escalation.transitions", "TRANSITION", Transition)
