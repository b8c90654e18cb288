"""Holds a builder's form and its findings together: which field causes one, and what a change makes of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from policystudio.builders.adopt import adopt
from policystudio.builders.conditions import Conditions
from policystudio.builders.origin import Origins, Way
from policystudio.builders.parameters.flags import Flag
from policystudio.builders.parameters.parameter import Parameter
from policystudio.web.forms.builder_form import PREFIX, BuilderForm

TOP = "form"
"""The slot of what no field causes."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: `id` is where a link leads, `entry` the one text of several in it, as it was typed."""

    id: str
    label: str
    entry: str


class OpenForm:
    """A form without problems, beside whose fields findings are shown and in which changes are made."""

    def __init__(self, form: BuilderForm) -> None:
        self._builder = form.builder
        self._built = form.builder.build(form.parameters)
        self._origins = Origins(form.builder, self._built.parameters)
        self._parameters = {parameter.name: parameter for parameter in form.builder.parameters}

    def field_of(self, path: str | None) -> Field | None:
        """The field that causes what stands at a JSON Pointer, when it is one alone."""
        way = self._origins.of(path) if path else None
        return _field(self._parameters[str(way[0])], way, self._built.parameters) if way else None

    def taken_over(self, text: str) -> BuilderForm | None:
        """The form that makes a changed document, with all that can stay as it was typed; None when it cannot."""
        parameters = adopt(self._builder, self._built.parameters, text)
        return BuilderForm(self._builder, parameters) if parameters is not None else None


def slots(form: BuilderForm) -> Iterator[str]:
    """The ids of every field beside which findings can stand, and the top of the form."""
    yield TOP
    for parameter in form.builder.parameters:
        yield f"{PREFIX}.{parameter.name}"
        if isinstance(parameter, Conditions):
            yield from (f"{PREFIX}.{parameter.name}.{part.name}" for part in parameter.parts)


def _field(parameter: Parameter, way: Way, parameters: dict[str, Any]) -> Field:
    id = f"{PREFIX}.{parameter.name}"
    if isinstance(parameter, Conditions) and len(way) > 1:
        part = next(part for part in parameter.parts if part.name == way[1])
        id, parameter = f"{id}.{part.name}", part
    return Field(id, gettext(parameter.label), "" if isinstance(parameter, Flag) else _typed(way, parameters))


def _typed(way: Way, parameters: dict[str, Any]) -> str:
    """The entry of a list that the way ends at."""
    value: Any = parameters
    for part in way:
        value = value[part]
    return value if isinstance(value, str) and any(isinstance(part, int) for part in way) else ""
