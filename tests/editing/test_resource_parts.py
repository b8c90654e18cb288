"""A resource in its parts: what can be read that way is written back the same, everything else stays a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.editing.resource_parts import EVERYTHING, Parts, has_name, parts_of, problems, text_of
from policystudio.ram.placeholders import normalise
from tests.strategies import any_text

CATALOGUE = load()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("*", Parts("all")),
        ("acs:kms:${region}:${account}:key/*", Parts("key")),
        ("acs:kms:$<region>:$<account>:key/*", Parts("key")),
        ("acs:kms:${region}:${account}:key", Parts("key-container")),
        ("acs:kms:cn-hangzhou:*:alias/app/*", Parts("alias", "cn-hangzhou", "*", "app/*")),
        ("acs:kms:*:1234567890123456:secret/a", Parts("secret", "*", "1234567890123456", "a")),
        ("acs:kms:${region}:${account}:*", Parts(EVERYTHING)),
    ],
)
def test_a_resource_is_read_in_its_parts(text: str, parts: Parts) -> None:
    assert parts_of(CATALOGUE, text) == parts
    assert text_of(CATALOGUE, parts) == normalise(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "acs:oss:*:*:bucket",
        "acs:kms:*:*:key*",
        "acs:kms:*:*:key/",
        "acs:kms:*:*:unknown/x",
        "acs:kms::*:key/x",
        "acs:kms:CN:*:key/x",
        "acs:kms:*:12-34:key/x",
        "acs:kms:*:*:key/a,acs:kms:*:*:key/b",
        "acs:kms:*:*:key/a b",
    ],
)
def test_another_shape_stays_a_text(text: str) -> None:
    assert parts_of(CATALOGUE, text) is None


@given(any_text | st.from_regex(r"acs:kms:[a-z*-]{0,5}:[0-9*]{0,5}:[a-z]{0,4}/?[a-z*]{0,3}", fullmatch=True))
def test_what_is_read_in_parts_is_written_back_the_same(text: str) -> None:
    parts = parts_of(CATALOGUE, text)
    if parts is not None:
        assert text_of(CATALOGUE, parts) == normalise(text)
        assert problems(CATALOGUE, parts) == ()


def test_each_part_that_is_wrong_is_named() -> None:
    wrong = problems(CATALOGUE, Parts("key", "China", "me", "a b"))
    assert [(p.part, p.code) for p in wrong] == [
        ("region", "bad-region"),
        ("account", "bad-account"),
        ("name", "bad-name"),
    ]
    assert [p.code for p in problems(CATALOGUE, Parts("key", name=""))] == ["no-name"]
    assert [p.code for p in problems(CATALOGUE, Parts("nothing"))] == ["unknown-type"]
    # What has no name, or no place, does not mind what stands in its field.
    assert problems(CATALOGUE, Parts("key-container", name="a b")) == ()
    assert problems(CATALOGUE, Parts("all", "China")) == ()


def test_every_type_of_the_catalogue_can_be_written() -> None:
    for kind in CATALOGUE.resource_types:
        text = text_of(CATALOGUE, Parts(kind))
        assert parts_of(CATALOGUE, text) == Parts(kind)
        assert has_name(CATALOGUE, kind) == text.endswith("/*")
