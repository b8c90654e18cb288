"""How a kind of parameter becomes fields of a form, and how what was typed becomes the plain form again.

One module in `kinds/` for each kind, found by file name. Nothing is judged here: an odd value goes to the builder as it
was typed, and its problems come back to the field.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policystudio.builders.parameters.parameter import Parameter
from policystudio.discovery import discover
from policystudio.errors import Problem

WHAT, WHICH, WHEN = "what", "which", "when"
SECTIONS: dict[str, str | Promise] = {
    WHAT: _("What it allows"),
    WHICH: _("On which resources"),
    WHEN: _("Under which conditions"),
}


@dataclass(frozen=True, slots=True)
class At:
    """A problem below the value that a field shows; `path` is what is left of its pointer."""

    path: tuple[str, ...]
    detail: str

    @classmethod
    def of(cls, problem: Problem) -> At:
        """From a problem whose pointer starts at the value."""
        parts = problem.pointer.split("/")[1:]
        return cls(tuple(part.replace("~1", "/").replace("~0", "~") for part in parts), problem.detail)

    def below(self, name: str | int) -> At | None:
        """The same problem seen from the member `name`, or None when it is not in there."""
        return At(self.path[1:], self.detail) if self.path[:1] == (str(name),) else None


def below(problems: Sequence[At], name: str | int) -> list[At]:
    """The problems in the member `name`."""
    return [found for problem in problems if (found := problem.below(name)) is not None]


def own(problems: Sequence[At]) -> list[str]:
    """The texts of the problems that concern the whole value."""
    return [problem.detail for problem in problems if not problem.path]


def every(problems: Sequence[At]) -> list[str]:
    """The texts of all problems, for a field that shows them in one place."""
    return [problem.detail for problem in problems]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One parameter ready for its template: `id` is also the name of its first field and the target of error links."""

    template: str
    id: str
    parameter: Parameter
    problems: tuple[At, ...]
    inputs: dict[str, Any] = field(default_factory=dict)

    @property
    def errors(self) -> list[str]:
        return own(self.problems)


class FormKind(ABC):
    """A kind of parameter as fields whose names start with `name`."""

    section: ClassVar[str]
    template: ClassVar[str]

    @abstractmethod
    def read(self, parameter: Any, data: QueryDict, name: str) -> Any:
        """What was typed, as the builder reads it; never refuses."""

    @abstractmethod
    def inputs(self, parameter: Any, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        """What the template needs beyond `parameter`; `value` is plain, or what `read` gave."""

    def draw(self, parameter: Parameter, value: Any, name: str, problems: Sequence[At]) -> Drawn:
        """The field with its value and problems."""
        return Drawn(
            self.template, name, parameter, tuple(problems), self.inputs(parameter, value, name, problems)
        )


def kind_of(parameter: Parameter) -> FormKind:
    """Raises: KeyError for a kind without a module in `kinds/`; a test holds the two together."""
    return discover("policystudio.web.forms.kinds", "KIND", FormKind)[parameter.kind]  # type: ignore[type-abstract]


def lines(text: str) -> list[str]:
    """The entries of a list that was typed one a line, blank lines left out."""
    return [line.strip() for line in text.replace(",", "\n").splitlines() if line.strip()]
