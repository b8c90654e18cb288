"""What a comparison answers: whether there is new access, which, and a request that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from policystudio.analysis.comparing.limits import Unknown
from policystudio.analysis.comparing.statements import Place
from policystudio.analysis.deciding import Decision, Reading
from policystudio.analysis.request import Request


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    CERTAIN = "certain"
    ONLY_UNLISTED = "only-unlisted"
    """No action of the catalogue is among them: only names that it does not list, some of which may exist one day."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A request that one side allows and the other does not; both decisions are confirmed by the evaluator."""

    request: Request
    before: Decision
    after: Decision

    def as_json(self) -> dict[str, Any]:
        """The witness as the API shows it; the request is as `simulate` takes it."""
        return {"request": self.request.as_json(), "before": str(self.before), "after": str(self.after)}


@dataclass(frozen=True, slots=True)
class Names:
    """Actions or resources: what fits one of `any_of`, one of each list of `within`, and none of `but_not`."""

    any_of: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    within: tuple[tuple[str, ...], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the patterns of `any_of` say it all."""
        return not self.but_not and not self.within

    def __str__(self) -> str:
        said = ", ".join(self.any_of)
        said += "".join(f" that are also {' or '.join(each)}" for each in self.within)
        return said + (f" except {', '.join(self.but_not)}" if self.but_not else "")

    def as_json(self) -> dict[str, Any]:
        """The set as the API shows it."""
        return {
            "any_of": list(self.any_of),
            "within": [list(each) for each in self.within],
            "but_not": list(self.but_not),
            "text": str(self),
        }


class Test(NamedTuple):
    """One operator and its values, asked of a value that is there."""

    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """What a key must be: where it is sent, all of `present` must hold (None: it must not be sent).

    `missing` tells whether it may be left out.
    """

    key: str
    present: tuple[Test, ...] | None
    missing: bool

    def __str__(self) -> str:
        if self.present is None:
            return f"{self.key} is missing"
        said = " and ".join(f"{test.operator} {self.key} {', '.join(test.values)}" for test in self.present)
        if not said:
            return f"{self.key} is present"
        return f"{said}, or {self.key} is missing" if self.missing else f"{said}, and {self.key} is present"

    def as_json(self) -> dict[str, Any]:
        """The limit as the API shows it."""
        present = self.present
        return {
            "key": self.key,
            "present": None
            if present is None
            else [{"operator": test.operator, "values": list(test.values)} for test in present],
            "missing": self.missing,
            "text": str(self),
        }


class Cause(NamedTuple):
    """A statement that brings a change about: `side` is `before` or `after`."""

    side: str
    place: Place


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what was added or removed: these actions on these resources where all limits hold.

    Lines of one list do not overlap. `known` are the catalogue's actions among them; `has_unlisted` tells whether names
    of its service that it does not list, and no statement spells out, are among them too.
    """

    actions: Names
    resources: Names
    conditions: tuple[Limit, ...]
    known: tuple[str, ...]
    has_unlisted: bool
    certainty: Certainty
    causes: tuple[Cause, ...]
    witness: Witness

    def as_json(self) -> dict[str, Any]:
        """The line as the API shows it."""
        return {
            "actions": self.actions.as_json(),
            "resources": self.resources.as_json(),
            "conditions": [limit.as_json() for limit in self.conditions],
            "known_actions": list(self.known),
            "has_unlisted_actions": self.has_unlisted,
            "certainty": str(self.certainty),
            "causes": [
                {"side": cause.side, "document": cause.place.document, "path": cause.place.path}
                for cause in self.causes
            ],
            "witness": self.witness.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `after` allows beyond `before`, and the other way round.

    `complete` tells whether `added` and `removed` say all of it. `reason` is why an answer is unknown, or why a list is
    not complete.
    """

    grants_new_access: Answer
    revokes_access: Answer
    added: tuple[Change, ...]
    removed: tuple[Change, ...]
    complete: bool
    witness: Witness | None
    lost: Witness | None
    reason: Unknown | None
    reading: Reading

    def as_json(self) -> dict[str, Any]:
        """The comparison as the API shows it."""
        return {
            "grants_new_access": str(self.grants_new_access),
            "revokes_access": str(self.revokes_access),
            "added": [change.as_json() for change in self.added],
            "removed": [change.as_json() for change in self.removed],
            "complete": self.complete,
            "witness": None if self.witness is None else self.witness.as_json(),
            "lost": None if self.lost is None else self.lost.as_json(),
            "reason": None if self.reason is None else reason_json(self.reason),
            "reading": self.reading.as_json(),
        }


def reason_json(reason: Unknown) -> dict[str, Any]:
    """Why there is no answer, as the API shows it."""
    return {"code": reason.reason, "dimension": reason.dimension, "patterns": list(reason.patterns)}
