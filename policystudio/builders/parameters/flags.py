"""Yes or no: a plain option, and an understanding that must be given before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from policystudio.builders.parameters.parameter import At, Parameter, Report
from policystudio.builders.seen import Seen
from policystudio.errors import Problem
from policystudio.ram.position import pointer


@dataclass(frozen=True, kw_only=True)
class Flag(Parameter):
    """True or false."""

    kind: ClassVar[str] = "flag"

    default: bool = False

    def shape(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def read(self, given: Any, at: At, report: Report) -> bool:
        if not isinstance(given, bool):
            report.add(at, "wrong-type", "true or false is needed here, without quotes")
        return given is True

    def value(self, plain: bool) -> bool:
        return plain

    def guesses(self, seen: Seen) -> Iterator[bool]:
        yield self.default
        yield not self.default


@dataclass(frozen=True, kw_only=True)
class Understanding(Flag):
    """A warning that the author says to have understood; a preview needs no such word, a revision does.

    It is never guessed from a document: what somebody understood cannot be read there.
    """

    kind: ClassVar[str] = "understanding"

    refusal: str

    @property
    def is_required(self) -> bool:
        return True

    @property
    def storable(self) -> bool:
        return True

    def shape(self) -> dict[str, Any]:
        return {"const": True}

    def guesses(self, seen: Seen) -> Iterator[bool]:
        yield False

    def problem_to_store(self, plain: bool) -> Problem | None:
        return None if plain else Problem(pointer(self.name), self.refusal, "not-understood")
