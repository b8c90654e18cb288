"""Describes single values that come in and go out: one description reads them, and writes the OpenAPI document.

Nothing is coerced, trimmed or guessed: a value is of the described type or it is a problem with a JSON Pointer, and all
problems are found at once. Lists and objects are in `structures.py`; what a value means is left to the services.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policystudio.errors import Problem
from policystudio.ram.finding import shown

Schemas = dict[str, dict[str, Any]]
"""Component name → schema; `Field.schema` adds the shapes that it refers to."""

DAY_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_DETAILS = 100
"""So many problems are told at most; a body of 50 000 wrong values is not answered with as many sentences."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One kind of value. Subclasses say what it is (`type_schema`) and how it is read (`read`)."""

    about: str = ""
    example: Any = None
    default: Any = None

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        """The value, or None after adding to `problems` what is wrong with it at the JSON Pointer `at`."""
        raise NotImplementedError

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        raise NotImplementedError

    def schema(self, schemas: Schemas) -> dict[str, Any]:
        """JSON Schema (draft 2020-12) of the value."""
        made = self.type_schema(schemas)
        if self.about:
            made["description"] = self.about
        if self.example is not None:
            made["examples"] = [self.example]
        if self.default is not None:
            made["default"] = self.default
        return made


def wrong_type(at: str, wanted: str, value: Any) -> Problem:
    return Problem(at, f"must be {wanted}, not {kind_of(value)}", "wrong-type")


def kind_of(value: Any) -> str:
    """The JSON type of a plain value, with its article."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return "a number"


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A string. `pattern` is matched whole and holds no anchors; lengths count code points.

    With `is_judged_elsewhere` the limits are only described here: a service finds them, with its own words.
    """

    max_characters: int | None = None
    min_characters: int = 0
    pattern: str | None = None
    choices: Sequence[str] = ()
    format: str | None = None
    is_judged_elsewhere: bool = False

    def read(self, value: Any, at: str, problems: list[Problem]) -> str | None:
        if not isinstance(value, str):
            problems.append(wrong_type(at, "a text", value))
        elif self.is_judged_elsewhere:
            return value
        elif self.choices and value not in self.choices:
            detail = f"{shown(value)} is not one of {', '.join(self.choices)}"
            problems.append(Problem(at, detail, "unknown-choice"))
        elif self.max_characters is not None and len(value) > self.max_characters:
            detail = f"has {len(value)} characters; at most {self.max_characters} are taken"
            problems.append(Problem(at, detail, "too-long"))
        elif len(value) < self.min_characters:
            problems.append(Problem(at, "must not be empty", "required"))
        elif self.pattern is not None and re.fullmatch(self.pattern, value) is None:
            problems.append(Problem(at, f"{shown(value)} is not of the form {self.pattern}", "wrong-form"))
        else:
            return value
        return None

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "string"}
        if self.choices:
            made["enum"] = list(self.choices)
        if self.max_characters is not None:
            made["maxLength"] = self.max_characters
        if self.min_characters:
            made["minLength"] = self.min_characters
        if self.pattern is not None:
            made["pattern"] = f"^(?:{self.pattern})$"
        if self.format is not None:
            made["format"] = self.format
        return made


@dataclass(frozen=True, kw_only=True)
class Integer(Field):
    """A whole number, written without a point; `true` is none."""

    minimum: int | None = None
    maximum: int | None = None

    def read(self, value: Any, at: str, problems: list[Problem]) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            problems.append(wrong_type(at, "a whole number", value))
        elif (self.minimum is not None and value < self.minimum) or (
            self.maximum is not None and value > self.maximum
        ):
            problems.append(Problem(at, f"must be {self._range()}", "out-of-range"))
        else:
            return value
        return None

    def _range(self) -> str:
        if self.maximum is None:
            return f"{self.minimum} or more"
        return f"{self.maximum} or less" if self.minimum is None else f"from {self.minimum} to {self.maximum}"

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "integer"}
        if self.minimum is not None:
            made["minimum"] = self.minimum
        if self.maximum is not None:
            made["maximum"] = self.maximum
        return made


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day of the calendar as `2026-01-31`, and in no other form of ISO 8601; read as a date."""

    def read(self, value: Any, at: str, problems: list[Problem]) -> date | None:
        if not isinstance(value, str):
            problems.append(wrong_type(at, "a text", value))
            return None
        try:
            return date.fromisoformat(value if DAY_FORM.fullmatch(value) else "")
        except ValueError:
            problems.append(Problem(at, f"{shown(value)} is not a day such as 2026-01-31", "wrong-form"))
            return None

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    """true or false."""

    def read(self, value: Any, at: str, problems: list[Problem]) -> bool | None:
        if isinstance(value, bool):
            return value
        problems.append(wrong_type(at, "true or false", value))
        return None

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        return {"type": "boolean"}
