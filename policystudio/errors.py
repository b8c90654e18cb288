"""What a service refuses, in words that know nothing of HTTP; what a person typed is never an exception but a finding.

The shells map these few classes to status codes, form errors and exit codes, each in one table of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what the caller sent.

    `pointer` is a JSON Pointer into the input (`/targets/0/region`), the empty text for the whole of it.
    """

    pointer: str
    detail: str
    code: str


class ServiceError(Exception):
    """A refusal with a stable `code`, a sentence, what to do about it, and the single problems behind it."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "The request was refused"

    def __init__(self, message: str, *, problems: Sequence[Problem] = (), advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)
        self.advice = advice


class NotFound(ServiceError):
    """It does not exist, or the caller may not see it; nobody is told which."""

    code = "not-found"
    title = "Not found"


class NotAllowed(ServiceError):
    """The caller may see the thing but not do this to it."""

    code = "not-allowed"
    title = "Not allowed"


class InvalidInput(ServiceError):
    """What was sent cannot be accepted; `problems` says where and why, all of it at once."""

    code = "invalid-input"
    title = "The input is not valid"

    def __init__(self, problems: Sequence[Problem], message: str = "", *, advice: str = "") -> None:
        super().__init__(
            message or "; ".join(p.detail for p in problems[:3]), problems=problems, advice=advice
        )


class Conflict(ServiceError):
    """The state of things, or something that exists already, stands in the way."""

    code = "conflict"
    title = "In conflict with the present state"


class Stale(ServiceError):
    """The object has changed since the caller read it."""

    code = "stale"
    title = "The object has changed meanwhile"


class TooLarge(ServiceError):
    """More than the documented limit."""

    code = "too-large"
    title = "Too large"


class Unavailable(ServiceError):
    """Something that the product needs is not there now; nothing was changed."""

    code = "unavailable"
    title = "Not available at the moment"
