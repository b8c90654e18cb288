"""What a diagnosis says: the cause, what is to blame, and the changes that would allow the request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policystudio.analysis.comparing import Comparison
from policystudio.analysis.deciding import Evaluation, Near, Trace
from policystudio.analysis.repairing.edits import Edit
from policystudio.analysis.repairing.suspects import Suspected
from policystudio.analysis.request import Request


class Cause(StrEnum):
    """Why the request gets what it gets from these documents."""

    OUTSIDE = "outside"
    """These documents allow it, so whatever refused it lies outside them."""
    EXPLICIT_DENY = "explicit-deny"
    """A statement denies it."""
    DENIED_ELSEWHERE = "denied-elsewhere"
    """These documents do not allow it, and the refusal says that a Deny refused it which is not in them."""
    NEARLY = "nearly"
    """Nothing allows it, but a statement nearly does."""
    NOTHING = "nothing"
    """Nothing allows it, and nothing nearly does."""
    UNKNOWN = "unknown"
    """It hangs on something whose meaning nobody documents."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of the document with the index `document`; None for a new document beside them.

    `text` is the document afterwards, `comparison` says what all documents together allow more after the change.
    """

    document: int | None
    edit: Edit
    text: str
    comparison: Comparison

    def as_json(self) -> dict[str, Any]:
        """The change as the API shows it."""
        return {
            "document": self.document,
            "way": str(self.edit.way),
            "path": self.edit.path,
            "value": self.edit.value,
            "detail": self.edit.detail,
            "text": self.text,
            "comparison": self.comparison.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The cause with its reasons. The first of `repairs` is the smallest; the others are other ways.

    `is_smallest`: every other single change was tried and compared, and is not known to allow less. It is False where
    that took too long or could not be told, and without a change.
    `denying` are the statements that deny. `suspects` lie outside the documents: where the cause is `outside` one of
    them has refused, else a change of the documents may not be enough. `obstacle` says why no change is offered where
    one is to be expected.
    """

    request: Request
    cause: Cause
    evaluation: Evaluation
    denying: tuple[Trace, ...]
    suspects: tuple[Suspected, ...]
    repairs: tuple[Repair, ...]
    is_smallest: bool
    obstacle: str = ""

    @property
    def near(self) -> tuple[Near, ...]:
        """The statements that nearly allow it."""
        return self.evaluation.near

    @property
    def repair(self) -> Repair | None:
        """The smallest change."""
        return self.repairs[0] if self.repairs else None

    @property
    def untold(self) -> tuple[str, ...]:
        """Condition keys that a statement asks for which nearly fits, and of which the request says nothing.

        Telling what was sent may change the cause, and makes the change smaller. None where a Deny refused, which no
        Allow overrides.
        """
        if self.cause in (Cause.EXPLICIT_DENY, Cause.DENIED_ELSEWHERE):
            return ()
        keys = (element.key for each in self.near for element in each.failing)
        return tuple(
            dict.fromkeys(key for key in keys if key is not None and key not in self.request.context)
        )

    def as_json(self) -> dict[str, Any]:
        """The diagnosis as the API shows it."""
        found = self.evaluation
        return {
            "request": self.request.as_json(),
            "cause": str(self.cause),
            "decision": str(found.decision),
            "denying": [{"document": each.document, "path": each.path} for each in self.denying],
            "near": [each.as_json() for each in self.near],
            "untold": list(self.untold),
            "reason": None if found.reason is None else found.reason.as_json(),
            "suspects": [each.as_json() for each in self.suspects],
            "repairs": [each.as_json() for each in self.repairs],
            "smallest": self.is_smallest,
            "obstacle": self.obstacle or None,
            "reading": found.reading.as_json(),
        }
