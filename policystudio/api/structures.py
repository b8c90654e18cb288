"""Describes lists and objects of the values in `fields.py`, with the same two uses.

An object has exactly the members that are described: an unknown one is refused, never ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policystudio.api.fields import Field, Schemas, Text, wrong_type
from policystudio.errors import Problem
from policystudio.ram.finding import shown
from policystudio.ram.position import pointer


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
