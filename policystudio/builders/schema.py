"""Writes the JSON Schema (draft 2020-12) of a builder's parameters.

What it cannot say is little: that two names are the same once `alias/` is taken away, that a tag or secret is listed
twice with different partners, and that a time window ends before it begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policystudio.builders.constraints import Constraint
from policystudio.builders.parameters.parameter import Parameter

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(
    title: str, summary: str, parameters: Sequence[Parameter], constraints: Sequence[Constraint]
) -> dict[str, Any]:
    """The schema of an object that holds these parameters."""
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "title": title,
        "description": summary,
        "type": "object",
        "properties": {parameter.name: parameter.schema() for parameter in parameters},
        "additionalProperties": False,
        "default": {parameter.name: parameter.storable for parameter in parameters},
    }
    if required := [parameter.name for parameter in parameters if parameter.is_required]:
        schema["required"] = required
    if constraints:
        schema["allOf"] = [constraint.schema() for constraint in constraints]
    return schema
