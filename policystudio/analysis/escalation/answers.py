"""How goals are reached, and the whole of it for some documents."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policystudio.analysis.comparing.answers import reason_json
from policystudio.analysis.comparing.limits import Unknown
from policystudio.analysis.deciding import Reading
from policystudio.analysis.escalation.model import Found, Goal, Life, Material
from policystudio.analysis.escalation.routes import Path
from policystudio.analysis.escalation.writing import found_json, path_json


class Answer(StrEnum):
    """How a goal is reached; direct is what takes one request."""

    DIRECT = "direct"
    STEPS = "steps"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reach:
    """One goal on objects that it is reached on alike; `path` is that of the first of them, None for `no`.

    `other` is the answer for these objects by the documents that these are compared with, None where there is none.
    """

    goal: Goal
    answer: Answer
    on: tuple[Found, ...]
    path: Path | None
    other: Answer | None = None

    @property
    def is_from_odd_state(self) -> bool:
        """Whether the objects are disabled, on the way out or without material, so that it has to be undone first."""
        starts = [each.start for each in self.on if each.start is not None]
        return bool(starts) and all(
            start.life is not Life.ENABLED or start.material is Material.AWAITED for start in starts
        )

    @property
    def likeness(self) -> Hashable:
        """Equal for ways with the same steps, whichever objects they lead over and statements allow them."""
        steps = tuple(
            (step.name, tuple((grant.request.action, grant.by is None) for grant in step.grants))
            for step in self.path or ()
        )
        return self.goal, self.answer, self.on[0].kind, self.is_from_odd_state, steps

    def as_json(self) -> dict[str, Any]:
        """The goal as the API shows it."""
        return {
            "goal": str(self.goal),
            "answer": str(self.answer),
            "on": [found_json(each) for each in self.on],
            "steps": [] if self.path is None else path_json(self.path),
        }


@dataclass(frozen=True, slots=True)
class Escalation:
    """Every goal, those in several steps first and of these the shortest; `reason` where the search came to no end."""

    reaches: tuple[Reach, ...]
    reason: Unknown | None
    reading: Reading

    @property
    def answer(self) -> Answer:
        """The gravest: something in several steps, something that cannot be told, else `direct` or `no`."""
        answers = {each.answer for each in self.reaches}
        if Answer.STEPS in answers:
            return Answer.STEPS
        if self.reason is not None or Answer.UNKNOWN in answers:
            return Answer.UNKNOWN
        return Answer.DIRECT if Answer.DIRECT in answers else Answer.NO

    def of(self, answer: Answer) -> tuple[Reach, ...]:
        """The goals that are answered so."""
        return tuple(each for each in self.reaches if each.answer is answer)

    def as_json(self) -> dict[str, Any]:
        """The answer as the API shows it."""
        return {
            "answer": str(self.answer),
            "goals": [each.as_json() for each in self.reaches],
            "reason": None if self.reason is None else reason_json(self.reason),
            "reading": self.reading.as_json(),
        }
