"""Short ways to look at what a builder makes and at what it refuses."""

from __future__ import annotations

import json
from typing import Any

from policystudio.builders.builder import Builder, get
from policystudio.builders.seen import PREFIX
from policystudio.catalog.load import load
from policystudio.catalog.lookup import expand
from policystudio.errors import InvalidInput


def builder(slug: str) -> Builder:
    found = get(slug)
    assert found is not None
    return found


def statements(slug: str, **parameters: Any) -> list[dict[str, Any]]:
    document = json.loads(builder(slug).build(parameters).source)
    assert document["Version"] == "1"
    result: list[dict[str, Any]] = document["Statement"]
    return result


def statement(slug: str, **parameters: Any) -> dict[str, Any]:
    [only] = statements(slug, **parameters)
    return only


def relative_ids(of: dict[str, Any]) -> list[str]:
    """The resources of a statement without what all of them start with."""
    resources = of["Resource"] if isinstance(of["Resource"], list) else [of["Resource"]]
    assert all(resource.startswith(PREFIX) for resource in resources)
    return [resource.removeprefix(PREFIX) for resource in resources]


def reached(of: dict[str, Any]) -> set[str]:
    """The known actions that a statement names, wildcards expanded."""
    return {action.name for pattern in of["Action"] for action in expand(load(), pattern)}


def refused(slug: str, **parameters: Any) -> list[tuple[str, str]]:
    """Pointer and code of everything that is wrong with the parameters."""
    try:
        builder(slug).build(parameters)
    except InvalidInput as error:
        return [(problem.pointer, problem.code) for problem in error.problems]
    return []
