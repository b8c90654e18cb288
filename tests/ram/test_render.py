"""Rendering: values are replaced for one target or many, and nothing that is not filled in gets out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.canonical import text_of
from policystudio.ram.document import Document
from policystudio.ram.parse import parse
from policystudio.ram.render import (
    RegionMode,
    RenderError,
    Target,
    render,
    render_combined,
    render_for,
    source_text,
)

HANGZHOU = Target("1234567890123456", "cn-hangzhou")
SHANGHAI = Target("1234567890123456", "cn-shanghai")
OTHER = Target("6543210987654321", "cn-hangzhou")


def document(**statement: Any) -> Document:
    body = {
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        "Resource": "acs:kms:${region}:${account}:key/*",
    } | statement
    parsed = parse(text_of({"Version": "1", "Statement": [body]}))
    assert parsed.document is not None, parsed.findings
    return parsed.document


def statement(text: str) -> dict[str, Any]:
    return json.loads(text)["Statement"][0]  # type: ignore[no-any-return]


def test_one_text_stays_one_text() -> None:
    assert statement(render(document(), HANGZHOU))["Resource"] == "acs:kms:cn-hangzhou:1234567890123456:key/*"


def test_the_combined_mode_repeats_regional_entries_in_order_and_others_once() -> None:
    resources = [
        "acs:kms:${region}:${account}:key",
        "acs:kms:*:${account}:alias",
        "acs:kms:${region}:${account}:key/*",
    ]
    text = render_combined(document(Resource=resources), "1", ["eu-central-1", "cn-hangzhou"])
    assert statement(text)["Resource"] == [
        "acs:kms:eu-central-1:1:key",
        "acs:kms:cn-hangzhou:1:key",
        "acs:kms:*:1:alias",
        "acs:kms:eu-central-1:1:key/*",
        "acs:kms:cn-hangzhou:1:key/*",
    ]


def test_the_combined_mode_drops_what_comes_out_equal() -> None:
    resources = ["acs:kms:${region}:${account}:key/*", "acs:kms:cn-hangzhou:${account}:key/*"]
    text = render_combined(document(Resource=resources), "1", ["cn-hangzhou", "cn-shanghai"])
    assert statement(text)["Resource"].count("acs:kms:cn-hangzhou:1:key/*") == 1


@pytest.mark.parametrize("is_literal_first", [True, False])
def test_a_literal_equal_to_a_filled_in_value_stands_once_wherever_it_stood(is_literal_first: bool) -> None:
    resources = ["acs:kms:${region}:${account}:key/a", "acs:kms:cn-hangzhou:1:key/a"]
    resources = resources[::-1] if is_literal_first else resources
    text = render_combined(document(Resource=resources), "1", ["cn-hangzhou", "cn-shanghai"])
    assert statement(text)["Resource"] == ["acs:kms:cn-hangzhou:1:key/a", "acs:kms:cn-shanghai:1:key/a"]


def test_a_literal_written_twice_stays_twice() -> None:
    resources = ["acs:kms:${region}:${account}:key/a", "acs:kms:*:1:a$b", "acs:kms:*:1:a$b"]
    text = render_combined(document(Resource=resources), "1", ["cn-hangzhou"])
    assert statement(text)["Resource"] == ["acs:kms:cn-hangzhou:1:key/a", *resources[1:]]


def test_the_stored_source_keeps_every_entry() -> None:
    resources = ["acs:kms:${region}:${account}:key/a", "acs:kms:$<region>:$<account>:key/a"]
    assert statement(source_text(document(Resource=resources)))["Resource"] == [resources[0]] * 2


def test_a_single_text_becomes_a_list_when_there_are_several_regions() -> None:
    text = render_combined(document(), "1", ["cn-hangzhou", "cn-shanghai"])
    assert statement(text)["Resource"] == ["acs:kms:cn-hangzhou:1:key/*", "acs:kms:cn-shanghai:1:key/*"]


def test_values_of_conditions_are_filled_in_but_keys_are_not() -> None:
    condition = {"StringLike": {"kms:tag/Home": ["${region}-*"]}}
    assert statement(render(document(Condition=condition), HANGZHOU))["Condition"] == {
        "StringLike": {"kms:tag/Home": ["cn-hangzhou-*"]}
    }


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"Resource": ["acs:kms:${regoin}:1:key/*"]}, "/Statement/0/Resource/0"),
        ({"Action": "kms:${region}"}, "/Statement/0/Action"),
        (
            {"Condition": {"StringEquals": {"kms:tag/${region}": "a"}}},
            "/Statement/0/Condition/StringEquals/kms:tag~1${region}",
        ),
        ({"Resource": "acs:kms:${region:1:key/*"}, "/Statement/0/Resource"),
    ],
)
def test_what_is_left_over_is_refused_with_its_place(changed: dict[str, Any], path: str) -> None:
    body = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"} | changed
    parsed = parse(text_of({"Version": "1", "Statement": [body]}))
    assert parsed.document is not None
    with pytest.raises(RenderError) as refused:
        render(parsed.document, HANGZHOU)
    assert refused.value.path == path


@pytest.mark.parametrize(
    "target",
    [Target("", "cn-hangzhou"), Target("12a", "cn-hangzhou"), Target("1", "cn hangzhou"), Target("1", '"')],
)
def test_a_target_that_could_change_the_structure_is_refused(target: Target) -> None:
    with pytest.raises(RenderError):
        render(document(), target)


def test_separate_regions_get_a_name_each_and_combined_ones_share_name_and_text() -> None:
    separate = render_for(document(), [SHANGHAI, HANGZHOU, OTHER], RegionMode.SEPARATE, "apollo")
    assert [(r.target, r.ram_name) for r in separate] == [
        (HANGZHOU, "apollo-cn-hangzhou"),
        (SHANGHAI, "apollo-cn-shanghai"),
        (OTHER, "apollo-cn-hangzhou"),
    ]
    combined = render_for(document(), [SHANGHAI, HANGZHOU, OTHER], RegionMode.COMBINED, "apollo")
    assert {r.ram_name for r in combined} == {"apollo"}
    assert combined[0].text == combined[1].text != combined[2].text


def test_a_source_is_stored_with_one_spelling_of_placeholders() -> None:
    text = source_text(document(Resource="acs:kms:$<region>:$<account>:key/*"))
    assert statement(text)["Resource"] == "acs:kms:${region}:${account}:key/*"
    assert source_text(document(Resource="acs:kms:${region}:${account}:key/*")) == text


@given(st.lists(st.text(alphabet='ab${}<>region:*/é\n\\"', min_size=1), min_size=1, max_size=4))
def test_rendering_changes_nothing_but_placeholders(texts: list[str]) -> None:
    parsed = parse(
        text_of({"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:X", "Resource": texts}]})
    )
    if parsed.document is None:
        return
    try:
        rendered = statement(render(parsed.document, HANGZHOU))["Resource"]
    except RenderError:
        return
    assert rendered == [
        text.replace("${region}", "cn-hangzhou").replace("$<region>", "cn-hangzhou") for text in texts
    ]
