"""A builder as a form: its parameters in short sections, with what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext

from policystudio.builders.builder import Builder, Note
from policystudio.errors import InvalidInput, Problem
from policystudio.web.forms.kind import SECTIONS, At, Drawn, below, kind_of

PREFIX = "p"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form with its own heading."""

    id: str
    heading: str | Promise
    fields: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class BuilderForm:
    """`parameters` is plain, or as typed; pointers of `problems` are relative to it."""

    builder: Builder
    parameters: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def start(cls, builder: Builder) -> BuilderForm:
        """The form that makes the documented sample, with nothing understood yet."""
        return cls(builder, builder.build({}).parameters)

    @classmethod
    def typed(cls, builder: Builder, data: QueryDict) -> BuilderForm:
        """What was sent, with everything that the builder has against it."""
        given = {p.name: kind_of(p).read(p, data, f"{PREFIX}.{p.name}") for p in builder.parameters}
        try:
            builder.read(given)
        except InvalidInput as refused:
            return cls(builder, given, refused.problems)
        return cls(builder, given)

    def refused(self, problems: Sequence[Problem]) -> BuilderForm:
        """The same form with the problems that a service found below /parameters."""
        start = "/parameters"
        found = [
            Problem(p.pointer.removeprefix(start), p.detail, p.code)
            for p in problems
            if p.pointer.startswith(start)
        ]
        return BuilderForm(self.builder, self.parameters, tuple(found))

    @property
    def sections(self) -> list[Section]:
        """The sections that have fields, in the order of reading."""
        problems = [At.of(problem) for problem in self.problems]
        drawn: dict[str, list[Drawn]] = {section: [] for section in SECTIONS}
        for parameter in self.builder.parameters:
            kind = kind_of(parameter)
            value = self.parameters.get(parameter.name)
            at = below(problems, parameter.name)
            drawn[kind.section].append(kind.draw(parameter, value, f"{PREFIX}.{parameter.name}", at))
        return [
            Section(f"section-{id}", SECTIONS[id], tuple(fields)) for id, fields in drawn.items() if fields
        ]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, text) of every problem, for the list on top of the form."""
        return [self._line(problem) for problem in self.problems]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the documentation says of this builder."""
        return self.builder.notes

    def source(self) -> str | None:
        """The source that the parameters make, or None while something is wrong with them."""
        return None if self.problems else self.builder.build(self.parameters).source

    def facts(self) -> dict[str, Any]:
        """What only the author knows, for the validator."""
        return {} if self.problems else self.builder.facts(self.parameters)

    def _line(self, problem: Problem) -> tuple[str, str]:
        path = At.of(problem).path
        parameter = next((p for p in self.builder.parameters if path[:1] == (p.name,)), None)
        if parameter is None:
            return "", problem.detail
        id, label = f"{PREFIX}.{parameter.name}", gettext(parameter.label)
        # A condition is a parameter within a parameter, with a field of its own.
        part = next((p for p in getattr(parameter, "parts", ()) if path[1:2] == (p.name,)), None)
        if part is not None:
            id, label = f"{id}.{part.name}", gettext(part.label)
        return id, f"{label}: {problem.detail}"
