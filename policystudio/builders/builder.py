"""What a builder is: title, notes, parameters, and the statements that they make.

Nothing here knows a single builder; those are in `library/`, found by file name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from types import SimpleNamespace
from typing import Any

from policystudio.builders.conditions import Conditions
from policystudio.builders.constraints import Constraint
from policystudio.builders.parameters.parameter import Parameter, Report, read_object
from policystudio.builders.schema import schema_of
from policystudio.discovery import discover
from policystudio.errors import InvalidInput, Problem
from policystudio.ram.canonical import text_of

Values = Any
"""The values of the parameters, each under its name."""


class Tone(StrEnum):
    """How loud a note is."""

    INFORMATION = "information"
    WARNING = "warning"
    SECURITY_WARNING = "security_warning"


@dataclass(frozen=True, slots=True)
class Note:
    """What the documentation, or experience, says of a builder; `source` names where it is from."""

    text: str
    tone: Tone = Tone.INFORMATION
    source: str = "KMS, Custom policies"


@dataclass(frozen=True, slots=True)
class Built:
    """A source, and the parameters that made it: complete, in the plain form that is stored."""

    parameters: dict[str, Any]
    source: str


def _no_facts(values: Values) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Builder:
    """A documented sample as a form. `order` is its place in the documentation; `slug` comes from the file name.

    `facts_from` tells the validator what only the author knows, as named arguments of `validate`.
    """

    title: str
    summary: str
    example_of_use: str
    order: int
    statements: Callable[[Values], list[dict[str, Any]]]
    own_parameters: tuple[Parameter, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    notes: tuple[Note, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    facts_from: Callable[[Values], dict[str, Any]] = _no_facts
    slug: str = ""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters in the order of the form, the extra conditions last."""
        return (*self.own_parameters, self.conditions)

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of the parameters."""
        return deepcopy(schema_of(self.title, self.summary, self.parameters, self.constraints))

    def defaults(self) -> dict[str, Any]:
        """Parameters that make the documented sample and may be stored as they are.

        A form starts from `build({}).parameters` instead, where nothing has been understood yet.
        """
        return deepcopy({parameter.name: parameter.storable for parameter in self.parameters})

    def read(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters complete and in their plain form; what is absent takes its default.

        Raises: InvalidInput with everything that is wrong, pointers relative to `parameters`.
        """
        report = Report()
        given = (
            read_object(parameters, (), report, tuple(p.name for p in self.parameters), required=False) or {}
        )
        plain = {
            parameter.name: parameter.read(given[parameter.name], (parameter.name,), report)
            if parameter.name in given
            else deepcopy(parameter.default)
            for parameter in self.parameters
        }
        if not report.problems:
            for constraint in self.constraints:
                report.problems.extend(constraint.problems(plain))
        if report.problems:
            raise InvalidInput(report.problems)
        return plain

    def build(self, parameters: Mapping[str, Any]) -> Built:
        """The source that the parameters make.

        Raises: InvalidInput, as `read`.
        """
        plain = self.read(parameters)
        document = {"Version": "1", "Statement": self.statements(self._values(plain))}
        return Built(plain, text_of(document))

    def refusals_to_store(self, parameters: Mapping[str, Any]) -> list[Problem]:
        """Why parameters that can be built may not be stored in a revision yet.

        Raises: InvalidInput, as `read`.
        """
        plain = self.read(parameters)
        problems = (parameter.problem_to_store(plain[parameter.name]) for parameter in self.parameters)
        return [problem for problem in problems if problem is not None]

    def facts(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """What the author has said that the document cannot show, as named arguments of `validate`.

        Raises: InvalidInput, as `read`.
        """
        return self.facts_from(self._values(self.read(parameters)))

    def _values(self, plain: Mapping[str, Any]) -> Values:
        return SimpleNamespace(
            **{parameter.name: parameter.value(plain[parameter.name]) for parameter in self.parameters}
        )


@cache
def all_builders() -> dict[str, Builder]:
    """Slug → builder, in the order of the documentation."""
    found = discover("policystudio.builders.library", "BUILDER", Builder)
    named = [replace(builder, slug=name.replace("_", "-")) for name, builder in found.items()]
    return {builder.slug: builder for builder in sorted(named, key=lambda b: (b.order, b.slug))}


def get(slug: str) -> Builder | None:
    """The builder with this slug."""
    return all_builders().get(slug)
