"""The size for the worst target, which is found without rendering every target."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, Target, render_for, surely_renders
from policystudio.validation.size import longest, measure

REGIONS = ("cn-hangzhou", "cn-shanghai", "cn-shenzhen", "eu-central-1")


@pytest.mark.parametrize("literal", REGIONS[:3])
@pytest.mark.parametrize("mode", RegionMode)
def test_the_worst_target_is_found_where_a_literal_falls_together_with_a_filled_in_value(
    literal: str, mode: RegionMode
) -> None:
    resources = ["acs:kms:${region}:${account}:key/a", f"acs:kms:{literal}:1000000000000001:key/a"]
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": resources}
    document = parse(json.dumps({"Version": "1", "Statement": [statement]})).document
    assert document is not None
    targets = tuple(Target(f"100000000000000{n}", region) for n in range(3) for region in REGIONS[n:])
    most = max(len(rendered.text) for rendered in render_for(document, targets, mode, "apollo"))
    assert measure(document, targets, mode).size.bytes_formatted == most


pieces = st.sampled_from(
    ["${region}", "${account}", "$<region>", "$", "{", "}", "a", "\n", '"', "é", ",", ":"]
)
texts = st.lists(pieces, min_size=1, max_size=8).map("".join)
some_texts = texts | st.lists(texts, min_size=1, max_size=4)
statements = st.fixed_dictionaries(
    {"Effect": st.just("Allow"), "Action": st.just("kms:Decrypt") | some_texts, "Resource": some_texts},
    optional={
        "Sid": texts,
        "Condition": st.dictionaries(
            st.sampled_from(["StringLike", "StringEquals"]), st.dictionaries(texts, some_texts, max_size=3)
        ),
    },
)
some_targets = st.lists(
    st.builds(Target, st.sampled_from(["1", "1" * 16, "x"]), st.sampled_from(REGIONS)),
    max_size=6,
    unique=True,
)


@given(
    st.lists(statements, max_size=3), some_targets, st.sampled_from(RegionMode), st.booleans(), st.booleans()
)
def test_what_is_said_without_rendering_is_true_of_what_is_rendered(
    listed: list[object], targets: list[Target], mode: RegionMode, escapes: bool, is_formatted: bool
) -> None:
    text = json.dumps(
        {"Version": "1", "Statement": listed}, ensure_ascii=escapes, indent=2 if is_formatted else None
    )
    document = parse(text).document
    if document is None:
        return
    found = measure(document, tuple(targets), mode)
    assert found.size.bytes_formatted <= longest(document, targets, mode)
    assert found.size.bytes_compact <= longest(document, targets, mode)
    assert found.refused is None or not surely_renders(document, targets)
