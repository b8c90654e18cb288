"""What became of each request that was read, beside the document: for the page, the API and the command alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policystudio.analysis.requirements.asked import LeftOut, Note
from policystudio.analysis.requirements.derive import Derived, derive
from policystudio.analysis.requirements.limits import Limits
from policystudio.analysis.requirements.pasted import Gap, Pasted, Seen
from policystudio.catalog.model import Catalogue

_STATED_LIMITS = Limits()


class State(StrEnum):
    """What became of a request."""

    ALLOWED = "allowed"
    NOT_CHOSEN = "not-chosen"
    """It could be allowed, and whoever asks does not want it."""
    LEFT_OUT = "left-out"
    """It cannot be written."""


@dataclass(frozen=True, slots=True)
class Line:
    """One request; `why` is set where it is left out."""

    seen: Seen
    state: State
    why: LeftOut | None
    notes: tuple[Note, ...]

    def as_json(self) -> dict[str, Any]:
        """The request as the API shows it."""
        why = self.why
        return {
            "request": self.seen.request.as_json(),
            "times": self.seen.times,
            "refused": self.seen.refused,
            "state": str(self.state),
            "why": None if why is None else {"pointer": why.pointer, "code": why.code, "detail": why.detail},
            "notes": [note._asdict() for note in self.notes],
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The document with all that was said of it, each request that was read, and what of the text was not."""

    derived: Derived
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the document allows everything that was given."""
        return not self.gaps and all(line.state is State.ALLOWED for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """The answer as the API shows it."""
        derived = self.derived
        return {
            "document": derived.source or None,
            "statements": derived.statements,
            "requests": [line.as_json() for line in self.lines],
            "not_read": [gap._asdict() for gap in self.gaps],
            "accepted": [each.as_json() for each in derived.accepted],
            "offers": [each.as_json() for each in derived.offers],
            "has_more_offers": derived.has_more,
            "may_also_need": [each.as_json() for each in derived.dependents],
        }


def answered(
    pasted: Pasted,
    chosen: Callable[[Seen], bool],
    *,
    catalogue: Catalogue,
    accepted: Sequence[str] = (),
    limits: Limits = _STATED_LIMITS,
) -> Answer:
    """The document for those of the requests that are chosen. Never raises."""
    taken = [seen for seen in pasted.seen if chosen(seen)]
    derived = derive((seen.request for seen in taken), catalogue=catalogue, accepted=accepted, limits=limits)
    why = {taken[each.index].id: each for each in derived.left_out}
    notes = {taken[index].id: each.notes for each in derived.asked for index in each.at}
    places = {seen.id for seen in taken}

    def line(seen: Seen) -> Line:
        said = tuple(Note(*each) for each in seen.notes.items()) + notes.get(seen.id, ())
        if seen.id not in places:
            return Line(seen, State.NOT_CHOSEN, None, said)
        return Line(seen, State.LEFT_OUT if seen.id in why else State.ALLOWED, why.get(seen.id), said)

    return Answer(derived, tuple(map(line, pasted.seen)), pasted.gaps)


def unless_refused(seen: Seen) -> bool:
    """The first choice: everything but what was refused every time, which is no proof that it must be allowed."""
    return not seen.is_refused
