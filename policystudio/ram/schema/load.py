"""Puts the schema of each kind of document together and builds its validator, once.

The names of the operators come from `ram/operators`, so that a family is described in one place only.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from importlib import resources
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator

from policystudio.ram.document import Kind
from policystudio.ram.operators import all_operators

_FILES = {Kind.IDENTITY: "identity.json", Kind.TRUST: "trust.json", Kind.KEY_POLICY: "key_policy.json"}


def document_schema(kind: Kind = Kind.IDENTITY) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document of `kind`, self-contained; the caller's own copy."""
    return copy.deepcopy(_schema(kind))


@cache
def validator(kind: Kind, any_operator: bool = False) -> Draft202012Validator:
    """The validator of a document of `kind`; with `any_operator` every name of an operator is accepted."""
    schema = _schema(kind, any_operator)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_inlined(schema, schema["$defs"]))


@cache
def quick_validator(kind: Kind, any_operator: bool = False) -> jsonschema_rs.Draft202012Validator:
    """A compiled validator of the same schema: a hundred times as quick, and with other words for what it refuses.

    Whether both always agree is tested as a property.
    """
    return jsonschema_rs.Draft202012Validator(_schema(kind, any_operator))


def _inlined(part: Any, definitions: dict[str, Any]) -> Any:
    """`part` with each reference replaced by what it refers to: nearly twice as quick to judge by, and the same."""
    if isinstance(part, list):
        return [_inlined(item, definitions) for item in part]
    if not isinstance(part, dict):
        return part
    own = {key: _inlined(value, definitions) for key, value in part.items() if key not in ("$ref", "$defs")}
    if "$ref" not in part:
        return own
    referred: dict[str, Any] = _inlined(definitions[part["$ref"].removeprefix("#/$defs/")], definitions)
    # Beside a reference stand only a title and keywords that what it refers to does not have.
    assert referred.keys() & own.keys() <= {"title", "description"}
    return referred | own


@cache
def _schema(kind: Kind, any_operator: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = _read(_FILES[kind])
    shared = _read("definitions.json")
    shared["condition"]["properties"] = {
        operator: {"title": f"{family.name} operator", "$ref": "#/$defs/condition_keys"}
        for operator, family in all_operators().items()
    }
    if any_operator:
        shared["condition"]["additionalProperties"] = {"$ref": "#/$defs/condition_keys"}
    schema["$defs"] = {**schema["$defs"], **shared}
    return schema


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
