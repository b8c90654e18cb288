"""Describes what comes in and goes out: one description reads bodies and queries, and writes the OpenAPI document.

Nothing is coerced, trimmed or guessed: a value is of the described type or it is a problem with a JSON Pointer, and all
problems are found at once. What a value means is left to the services.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policystudio.errors import Problem
from policystudio.ram.finding import shown
from policystudio.ram.position import pointer

Schemas = dict[str, dict[str, Any]]
"""Component name → schema; `Field.schema` adds the shapes that it refers to."""

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
class Flag(Field):
    """true or false."""

    def read(self, value: Any, at: str, problems: list[Problem]) -> bool | None:
        if isinstance(value, bool):
            return value
        problems.append(wrong_type(at, "true or false", value))
        return None

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class AnyObject(Field):
    """A JSON object whose members are judged elsewhere: a document, a builder's parameters."""

    def read(self, value: Any, at: str, problems: list[Problem]) -> dict[str, Any] | None:
        if isinstance(value, dict):
            return value
        problems.append(wrong_type(at, "an object", value))
        return None

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        return {"type": "object"}


@dataclass(frozen=True, kw_only=True)
class TextsByName(Field):
    """A JSON object from names to texts."""

    max_members: int
    max_characters: int

    def read(self, value: Any, at: str, problems: list[Problem]) -> dict[str, str] | None:
        if not isinstance(value, dict):
            problems.append(wrong_type(at, "an object", value))
            return None
        if len(value) > self.max_members:
            problems.append(Problem(at, f"has {len(value)} members; at most {self.max_members}", "too-many"))
            return None
        one = Text(max_characters=self.max_characters)
        return {name: one.read(text, at + pointer(name), problems) or "" for name, text in value.items()}

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        text = Text(max_characters=self.max_characters).schema(schemas)
        return {"type": "object", "maxProperties": self.max_members, "additionalProperties": text}


@dataclass(frozen=True, kw_only=True)
class ListOf(Field):
    """A list of values of one kind."""

    item: Field
    max_items: int | None = None
    min_items: int = 0

    def read(self, value: Any, at: str, problems: list[Problem]) -> list[Any] | None:
        if not isinstance(value, list):
            problems.append(wrong_type(at, "a list", value))
            return None
        if self.max_items is not None and len(value) > self.max_items:
            problems.append(Problem(at, f"has {len(value)} entries; at most {self.max_items}", "too-many"))
            return None
        if len(value) < self.min_items:
            problems.append(Problem(at, f"needs at least {self.min_items}", "required"))
        return [self.item.read(item, f"{at}/{index}", problems) for index, item in enumerate(value)]

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        made: dict[str, Any] = {"type": "array", "items": self.item.schema(schemas)}
        if self.max_items is not None:
            made["maxItems"] = self.max_items
        if self.min_items:
            made["minItems"] = self.min_items
        return made


@dataclass(frozen=True, kw_only=True)
class Null(Field):
    """null or a value of another kind."""

    of: Field

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        return None if value is None else self.of.read(value, at, problems)

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        inner = self.of.schema(schemas)
        if "$ref" in inner or "enum" in inner or "anyOf" in inner:
            return {"anyOf": [inner, {"type": "null"}]}
        inner["type"] = [inner["type"], "null"]
        return inner


@dataclass(frozen=True, kw_only=True)
class Either(Field):
    """A value of one of several kinds; they differ in their JSON type, so that the right one is told at a glance."""

    kinds: Sequence[Field]

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        found: list[Problem] = []
        for kind in self.kinds:
            found = []
            read = kind.read(value, at, found)
            if not any(p.pointer == at and p.code == "wrong-type" for p in found):
                problems.extend(found)
                return read
        wanted = " or ".join(p.detail.removeprefix("must be ").partition(",")[0] for p in self._refusals(at))
        problems.append(wrong_type(at, wanted, value))
        return None

    def _refusals(self, at: str) -> list[Problem]:
        refusals: list[Problem] = []
        for kind in self.kinds:
            kind.read(None, at, refusals)
        return refusals

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        return {"anyOf": [kind.schema(schemas) for kind in self.kinds]}


@dataclass(frozen=True, kw_only=True)
class Anything(Field):
    """Any JSON value."""

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        return value

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, kw_only=True)
class Shape(Field):
    """An object with named members and no others; `name` is its component in the OpenAPI document.

    `read_only` names what the server sets: sending it is refused with a word of its own.
    """

    name: str
    required: Mapping[str, Field] = field(default_factory=dict)
    optional: Mapping[str, Field] = field(default_factory=dict)
    read_only: Sequence[str] = ()

    def read(self, value: Any, at: str, problems: list[Problem]) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            problems.append(wrong_type(at, "an object", value))
            return None
        read: dict[str, Any] = {}
        for name, inner in value.items():
            known = self.required.get(name) or self.optional.get(name)
            if known is not None:
                read[name] = known.read(inner, at + pointer(name), problems)
            elif name in self.read_only:
                problems.append(
                    Problem(at + pointer(name), "is set by the server; leave it out", "read-only")
                )
            else:
                known_names = ", ".join([*self.required, *self.optional]) or "none"
                detail = f"there is no field {shown(name)}; known here: {known_names}"
                problems.append(Problem(at + pointer(name), detail, "unknown-field"))
        for name in self.required:
            if name not in value:
                problems.append(Problem(f"{at}/{name}", "this field is required", "required"))
        return read

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        if self.name not in schemas:
            schemas[self.name] = {}  # a shape may refer to itself
            members = {**self.required, **self.optional}
            made: dict[str, Any] = {
                "type": "object",
                "properties": {name: inner.schema(schemas) for name, inner in members.items()},
                "additionalProperties": False,
            }
            if self.required:
                made["required"] = list(self.required)
            schemas[self.name] = made
        return {"$ref": f"#/components/schemas/{self.name}"}
