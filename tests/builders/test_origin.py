"""Which parameter a place of a builder's document comes from: exact, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.builder import Builder, all_builders, get
from policystudio.builders.origin import MAX_VALUES, Origins, Way
from policystudio.ram.position import pointer

TAG = "StringEqualsIgnoreCase"
ON = "/Statement/0/Condition"
names = st.lists(st.from_regex("[a-z]{3,12}", fullmatch=True), min_size=1, max_size=4, unique=True)


def origins(slug: str, **parameters: Any) -> Origins:
    builder = get(slug)
    assert builder is not None
    return Origins(builder, builder.build(parameters).parameters)


def texts(value: Any, *parts: str | int) -> Iterator[tuple[str, str]]:
    """Every text of a document with its pointer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, *parts, name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, *parts, index)
    else:
        yield pointer(*parts), str(value)


@pytest.mark.parametrize(
    ("slug", "parameters", "path", "way"),
    [
        ("crypto-user", {}, "/Statement/0/Resource/0", ("keys",)),
        ("crypto-user", {}, "/Statement/0/Resource/1", ("aliases",)),
        ("crypto-user", {}, "/Statement/0/Resource", None),
        ("crypto-user", {}, "/Statement/0/Action", ("operations",)),
        ("crypto-user", {"operations": ["decrypt"]}, "/Statement/0/Action/0", ("operations", 0)),
        ("key-admin", {}, "/Statement/0/Action/15", ("include_destructive",)),
        ("key-admin", {}, "/Statement/0/Action/0", None),
        ("key-read-only", {}, "/Statement/0/Resource", None),
        ("ip-restricted-access", {}, f"{ON}/IpAddress/acs:SourceIp", ("addresses",)),
        ("ip-restricted-access", {}, f"{ON}/IpAddress/acs:SourceIp/1", ("addresses", 1)),
        ("tag-scoped-crypto-user", {}, f"{ON}/{TAG}/kms:tag~1Project", ("tags", 0, "key")),
        ("tag-scoped-crypto-user", {}, f"{ON}/{TAG}/kms:tag~1Project/0", ("tags", 0, "values", 0)),
        ("tag-scoped-crypto-user", {}, "/Statement/0/Resource/0", None),
        ("full-access", {"conditions": {"https": True}}, "/Statement/0", None),
        ("full-access", {"conditions": {"https": True}}, "/Statement/0/Action/0", None),
        ("full-access", {"conditions": {"https": True}}, f"{ON}/Bool", ("conditions", "https")),
        ("full-access", {}, "", None),
        ("full-access", {}, "/Statement/7/Action", None),
        ("full-access", {}, "/Statement/x/Action/y", None),
        ("secret-value-retrieval", {}, "/Statement/0/Resource", ("secrets", 0, "name")),
        ("secret-value-retrieval", {}, "/Statement/1/Resource", ("secrets", 0, "key")),
    ],
)
def test_a_place_comes_from(slug: str, parameters: dict[str, Any], path: str, way: Way | None) -> None:
    assert origins(slug, **parameters).of(path) == way


def test_a_key_that_two_secrets_share_comes_from_neither_alone() -> None:
    pairs = [{"name": "one", "key": "shared"}, {"name": "two", "key": "shared"}]
    assert origins("secret-value-retrieval", secrets=pairs).of("/Statement/1/Resource") is None


@given(names, names, st.permutations(["encrypt", "decrypt"]))
def test_what_was_typed_is_found_where_it_stands(
    keys: list[str], aliases: list[str], operations: list[str]
) -> None:
    builder = get("crypto-user")
    assert builder is not None
    given = {"keys": keys, "aliases": aliases, "operations": operations}
    built = builder.build(given)
    found = Origins(builder, built.parameters)
    for path, text in texts(json.loads(built.source)):
        kind, slash, name = text.rpartition(":")[2].partition("/")
        if slash:
            where, typed = ("keys", keys) if kind == "key" else ("aliases", aliases)
            assert found.of(path) == (where, typed.index(name))


@pytest.mark.parametrize("builder", all_builders().values(), ids=lambda builder: builder.slug)
def test_every_parameter_that_shows_in_the_sample_is_found_somewhere(builder: Builder) -> None:
    built = builder.build(builder.defaults())
    found = Origins(builder, built.parameters)
    ways = {way[0] for path, _ in texts(json.loads(built.source)) if (way := found.of(path))}
    silent = {"conditions", "understood"}
    assert ways == {parameter.name for parameter in builder.parameters} - silent


def test_in_very_many_values_nothing_is_sought() -> None:
    tags = [{"key": f"k{n}", "values": ["a", "b", "c"]} for n in range(MAX_VALUES // 4 + 1)]
    assert origins("tag-scoped-crypto-user", tags=tags).of(f"{ON}/{TAG}/kms:tag~1k0") is None
