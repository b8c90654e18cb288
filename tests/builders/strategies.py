"""Generators of parameters: from a JSON Schema, as a stranger would make them, and with one thing spoilt."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import Any

import jsonschema
from hypothesis import strategies as st

from policystudio.builders.builder import Builder, get

SPOILERS: list[Any] = [
    None, True, False, 0, 1, -1.5, "", " ", "all", "ALL", "*", "a*", "a*b", "prod/*", "a:b", "a/b", "a,b", "${region}",
    "$<account>", "a\n", "a\u200bb", "a b", "密钥", "x" * 300, "alias/a", "alias/alias/a", "192.168.0.0/16",
    "10.1.2.3/8", "10.0.0.0/33", "10.0.*", "::1", "fe80::1%eth0", "2001:db8::/129", "01.2.3.4", "2026-01-01",
    "2026-02-29T00:00:00Z",
    "2028-02-29T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00+08:00", "2026-01-01T00:00:00Z\n", [], [[]],
    ["a"],
    ["a", "a"], ["a", 1], {}, {"key": "a"}, {"key": "a", "values": ["b"]}, {"name": "a", "key": None}, {"tag": []},
    {"mfa": "true"}, {"source_ip": []}, {"https": False}, [str(number) for number in range(201)],
]  # fmt: skip


TEXTS = [
    "a", "Key-1", "key-hzz630494463ejqjx0000", "05754286-3ba2-4fa6-8d41-4323aca60000", "keyId-example",
    "example-secret",
    "prod/*", "RdsSecret/Mysql5.4/MyCred", "acs/ecs/web-01", "alias/app", "app/main", "product!secret", "Project",
    "Apollo",
    "acs:rds:instance-encryption", "团队", "two words", "a\\b", "~", "[x]", "203.0.113.0/24", "10.1.2.3/8", "0.0.0.0/0",
    "255.255.255.255/32", "::", "::1/128", "2001:DB8::/32", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:8",
    "2026-01-01T00:00:00Z",
    "2025-06-30T23:59:59+08:00", "2028-02-29T12:00:00-14:00", "1900-01-01T00:00:00Z", "2999-12-31T23:59:59+00:00",
]  # fmt: skip


@cache
def validator(builder_slug: str) -> jsonschema.Draft202012Validator:
    """The judge of the parameters of a builder."""
    builder = get(builder_slug)
    assert builder is not None
    return jsonschema.Draft202012Validator(builder.json_schema())


def from_schema(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of the few forms of schema that builders publish; `if` is left to the caller's validator."""
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([from_schema(option) for option in schema["anyOf"]])
    match schema["type"]:
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "string":
            return _texts(schema)
        case "array":
            most = min(schema["maxItems"], 4)
            items = from_schema(schema["items"])
            return st.lists(items, min_size=schema["minItems"], max_size=most, unique_by=repr)
        case "object":
            members = {name: from_schema(member) for name, member in schema["properties"].items()}
            required = {name: members.pop(name) for name in schema.get("required", [])}
            return st.fixed_dictionaries(required, optional=members)
    raise AssertionError(schema)


def _texts(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Chosen and free texts; a generator made from the pattern itself takes a hundred times as long."""
    pattern = re.compile(schema["pattern"])
    chosen = [text for text in TEXTS if pattern.search(text)]
    # Where letters fit, they may come in any order; addresses and moments are chosen from the list.
    if pattern.search("a"):
        return st.sampled_from(chosen) | st.text("abZ09._-=", min_size=1, max_size=9)
    return st.sampled_from(chosen)


def valid_parameters(builder: Builder) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters that the published schema accepts."""
    return from_schema(builder.json_schema()).filter(validator(builder.slug).is_valid)


@st.composite
def spoilt_parameters(draw: st.DrawFn, builder: Builder) -> dict[str, Any]:
    """Parameters with one value somewhere replaced, added or left out; some are still valid."""
    parameters = deepcopy(draw(valid_parameters(builder)))
    places: list[tuple[Any, Any]] = [(parameters, "more")]
    waiting: list[Any] = [parameters]
    while waiting:
        value = waiting.pop()
        names = list(value) if isinstance(value, dict) else list(range(len(value)))
        places += [(value, name) for name in names]
        waiting += [value[name] for name in names if isinstance(value[name], dict | list)]
    owner, name = draw(st.sampled_from(places))
    if draw(st.booleans()) or name == "more":
        owner[name] = deepcopy(draw(st.sampled_from(SPOILERS)))
    else:
        del owner[name]
    return parameters
