"""The decision on one request with its reasons: what every statement says, what matched, and what nearly did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.analysis.deciding.entries import Answer
from policystudio.analysis.deciding.near import Near, near_misses
from policystudio.analysis.deciding.policies import Bounds, bounds
from policystudio.analysis.deciding.reading import STATED, Decision, Outcome, Reading
from policystudio.analysis.deciding.tracing import Trace, asked, traced
from policystudio.analysis.request import Request
from policystudio.ram.document import Document, Effect


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why the decision cannot be told: what is to blame, at `path` of the document with the index `document`."""

    document: int
    path: str
    code: str
    detail: str

    def as_json(self) -> dict[str, Any]:
        """The reason as the API shows it."""
        return {"document": self.document, "path": self.path, "code": self.code, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The decision and why. `matched` are the statements that certainly match, the Denies first.

    `bounds` tell more where the decision is unknown; `reason` is None where it is known.
    """

    decision: Decision
    matched: tuple[Trace, ...]
    trace: tuple[Trace, ...]
    near: tuple[Near, ...]
    reason: Unknown | None
    reading: Reading
    bounds: Bounds

    def as_json(self) -> dict[str, Any]:
        """The evaluation as the API shows it."""
        matched = [{"document": t.document, "path": t.path, "effect": str(t.effect)} for t in self.matched]
        return {
            "decision": str(self.decision),
            "matched": matched,
            "trace": [each.as_json() for each in self.trace],
            "near": [each.as_json() for each in self.near],
            "reason": None if self.reason is None else self.reason.as_json(),
            "reading": self.reading.as_json(),
        }


def evaluate(documents: Sequence[Document], request: Request, *, reading: Reading = STATED) -> Evaluation:
    """Decide one request and say why. Raises: ValueError for what is no request, see `request.faults`."""
    of = asked(request)
    trace = tuple(
        traced(index, statement, of, reading)
        for index, document in enumerate(documents)
        for statement in document.statements
    )
    denies = [each for each in trace if each.effect is Effect.DENY]
    allows = [each for each in trace if each.effect is Effect.ALLOW]
    both = bounds(_any(denies), _any(allows))
    decision = both.decision
    return Evaluation(
        decision=decision,
        matched=tuple(each for each in (*denies, *allows) if each.outcome is Outcome.MATCH),
        trace=trace,
        near=() if decision is Decision.ALLOW else near_misses(allows),
        reason=_reason(denies, allows, both) if decision is Decision.UNKNOWN else None,
        reading=reading,
        bounds=both,
    )


def _any(traces: Iterable[Trace]) -> Answer:
    outcomes = {each.outcome for each in traces}
    if Outcome.MATCH in outcomes:
        return True
    return None if Outcome.UNDETERMINED in outcomes else False


def _reason(denies: Sequence[Trace], allows: Sequence[Trace], both: Bounds) -> Unknown:
    """The first entry in doubt that the decision depends on; a Deny in doubt decides before an Allow."""
    doubtful = next(each for each in (*denies, *allows) if each.outcome is Outcome.UNDETERMINED)
    doubt = next(element.doubt for element in doubtful.elements if element.doubt is not None)
    detail = doubt.detail
    if both.is_allowed is False:
        detail += "; the request is denied either way, as nothing allows it"
    return Unknown(doubtful.document, doubt.path, doubt.code, detail)
