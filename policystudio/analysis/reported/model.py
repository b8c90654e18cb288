"""What was understood of a pasted text. Values only; the reading is in the other modules of this package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from policystudio.analysis.deciding.reading import Decision
from policystudio.analysis.request import Request, faults

CURRENT_TIME = "acs:CurrentTime"
"""The condition key for the moment at which the service received the request. Source: ram-language, section 4."""


class Kind(StrEnum):
    """What sort of text something was read from."""

    DIAGNOSTIC = "diagnostic"
    """The answer of RAM's DecodeDiagnosticMessage: action, resource and conditions as they were judged."""
    ACCESS_DENIED_DETAIL = "access-denied-detail"
    """What an error says of itself: the action, and who was refused by which kind of policy, but no resource."""
    TRAIL_EVENT = "trail-event"
    MESSAGE = "message"
    REQUEST = "request"
    """A request as the simulator takes it, as JSON or on one line."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read; what is over is left, and said to be. Lengths in code points."""

    max_characters: int = 8 * 1024 * 1024
    max_reported: int = 20_000
    max_left: int = 200
    max_keys: int = 100
    max_value: int = 1024
    """Of an action, a resource, a condition value, a principal."""


LIMITS = Limits()


class Note(NamedTuple):
    """What was assumed or not understood, as a sentence; `code` is for machines, `start` to `end` its place."""

    code: str
    detail: str
    start: int
    end: int


class Matched(NamedTuple):
    """A policy that the diagnostic says took part; texts as the diagnostic writes them, "" when it does not say."""

    name: str
    type: str
    effect: str
    attached_to: str


class Left(NamedTuple):
    """A piece of the text that says nothing of a request, and why it was left."""

    start: int
    end: int
    code: str
    detail: str


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reported:
    """One request that a text speaks of; "" for what it does not say. `start` to `end` are code points of the text.

    `is_refused` is None where the text does not tell whether the call was refused for want of permission, and `denial`
    where it does not tell by what; `policy_type` is RAM's word for the kind of policy that refused, such as
    `AccountLevelIdentityBasedPolicy`. `relative_id` is the end of the resource where region or account are not said, so
    that `resource` stays empty: `placed` puts it somewhere. `moment` is when the call came, which is no part of the
    request unless `dated` makes it one: who reads many events does not ask for each second.
    """

    kind: Kind
    action: str = ""
    resource: str = ""
    context: Mapping[str, str] = field(default_factory=_nothing)
    is_refused: bool | None = None
    denial: Decision | None = None
    policy_type: str = ""
    principal: str = ""
    account: str = ""
    region: str = ""
    relative_id: str = ""
    moment: str = ""
    matched: tuple[Matched, ...] = ()
    notes: tuple[Note, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def request(self) -> Request | None:
        """The request; None while its action or resource is missing or faulty."""
        if not (self.action and self.resource):
            return None
        request = Request(self.action, self.resource, self.context)
        return None if faults(request) else request

    def may_mean(self, request: Request) -> bool:
        """Whether it may speak of this request; what it does not say is no difference."""
        same_action = not self.action or self.action.lower() == request.action.lower()
        same_resource = not self.resource or self.resource == request.resource
        return same_action and same_resource and request.resource.endswith(self.relative_id)

    def placed(self, *, region: str, account: str) -> Reported:
        """The same in this region and account, where the text says neither and the resource waits for them."""
        if self.resource or not self.relative_id:
            return self
        region, account = self.region or region, self.account or account
        if not (region and account):
            return self
        resource = f"acs:kms:{region}:{account}:{self.relative_id}"
        return replace(self, resource=resource, region=region, account=account)

    @property
    def dated(self) -> Reported:
        """The same with its moment as what the request carried for `acs:CurrentTime`, if nothing else is said."""
        if not self.moment or CURRENT_TIME in self.context:
            return self
        return replace(self, context=MappingProxyType({**self.context, CURRENT_TIME: self.moment}))

    def at(self, start: int, end: int) -> Reported:
        """The same with another place, its notes too."""
        notes = tuple(note._replace(start=start, end=end) for note in self.notes)
        return replace(self, notes=notes, start=start, end=end)

    def as_json(self) -> dict[str, Any]:
        """What was understood, as the API shows it. `principal` is left out: nobody has to pass it on."""
        return {
            "kind": str(self.kind),
            "action": self.action,
            "resource": self.resource,
            "relative_id": self.relative_id,
            "context": dict(self.context),
            "refused": self.is_refused,
            "denial": None if self.denial is None else str(self.denial),
            "policy_type": self.policy_type,
            "matched": [each._asdict() for each in self.matched],
            "notes": [each._asdict() for each in self.notes],
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a text: requests in the order of the text, and the pieces that were not understood."""

    reported: tuple[Reported, ...]
    left: tuple[Left, ...]

    @property
    def likeliest(self) -> int | None:
        """The index of the report that somebody who pastes a refusal asks about; None when there is none.

        One that was refused goes before one that may have been, and a whole request before one that lacks something.
        """
        if not self.reported:
            return None
        ranked = (
            (each.is_refused is not True, each.request is None, n) for n, each in enumerate(self.reported)
        )
        return min(ranked)[2]
