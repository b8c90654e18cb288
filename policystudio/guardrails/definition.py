"""What a guardrail says, as frozen values: where it applies, what may never be allowed, and unless what.

How it is read from what somebody sent is in `reading.py`; how it meets a document, in `judging.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from policystudio.ram.patterns import fold, matches
from policystudio.ram.render import Target

ALL = "*"


class Kind(StrEnum):
    """How a guardrail is checked."""

    NEVER = "never"
    """No request of the shape may be allowed, unless one of the exceptions matches it too."""
    SEPARATION = "separation"
    """No document may allow both something of the one shape and something of the other."""
    DENY_FLOOR = "deny-floor"
    """Every document has to deny everything of the shape by Deny statements of its own."""
    EXACT_ACTIONS = "exact-actions"
    """No Allow statement may have a wildcard in an action, or `NotAction`."""
    LONG_NAMES = "long-names"
    """What an Allow statement with such actions names must begin with so many characters before a wildcard."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One condition entry."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A set of requests, as a statement names it. No actions or no resources stand for all of them."""

    actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    conditions: tuple[Entry, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said, which would be every request."""
        return not (self.actions or self.resources or self.conditions)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a guardrail applies; an empty list is no limit. `except_policies` are patterns of policy names.

    Decision: policies carry no labels, so what is left out is left out by name. A name is part of what is approved.
    """

    environments: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    except_policies: tuple[str, ...] = ()

    def leaves_out(self, policy_name: str) -> bool:
        """Whether the policy is one of those that it does not apply to."""
        return any(matches(fold(pattern), fold(policy_name)) for pattern in self.except_policies)

    def holds(self, target: Target, environments: Mapping[str, str]) -> bool:
        """Whether the target lies within; `environments` are those of the team's accounts, by their number.

        Decision: an account that the team has no longer has no known environment, and is within.
        """
        environment = environments.get(target.account)
        if self.environments and environment is not None and environment not in self.environments:
            return False
        if self.accounts and target.account not in self.accounts:
            return False
        return not self.regions or target.region in self.regions


@dataclass(frozen=True, slots=True)
class Definition:
    """All of it. Which of the parts count depends on the kind, see `PARTS`."""

    kind: Kind
    scope: Scope = Scope()
    never: Shape = Shape()
    unless: tuple[Shape, ...] = ()
    other: Shape = Shape()
    characters: int = 0

    def as_json(self) -> dict[str, Any]:
        """As it is stored, shown by the API, and hashed."""
        made: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return made

    @property
    def sha256(self) -> str:
        """The same for the same words, and only for them."""
        text = json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


PARTS: Mapping[Kind, frozenset[str]] = {
    Kind.NEVER: frozenset({"never", "unless"}),
    Kind.SEPARATION: frozenset({"never", "other"}),
    Kind.DENY_FLOOR: frozenset({"never"}),
    Kind.EXACT_ACTIONS: frozenset(),
    Kind.LONG_NAMES: frozenset({"never", "characters"}),
}


def from_json(stored: Mapping[str, Any]) -> Definition:
    """What `as_json` wrote."""
    return Definition(
        kind=Kind(stored["kind"]),
        scope=Scope(**{name: tuple(values) for name, values in stored["scope"].items()}),
        never=_shape(stored["never"]),
        unless=tuple(map(_shape, stored["unless"])),
        other=_shape(stored["other"]),
        characters=stored["characters"],
    )


def _shape(stored: Mapping[str, Any]) -> Shape:
    return Shape(
        actions=tuple(stored["actions"]),
        resources=tuple(stored["resources"]),
        conditions=tuple(
            Entry(each["operator"], each["key"], tuple(each["values"])) for each in stored["conditions"]
        ),
    )
