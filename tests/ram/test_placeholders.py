"""What counts as a placeholder, and that replacing happens once and on known names only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.placeholders import find, mentions_region, normalise, substitute

VALUES = {"region": "cn-hangzhou", "account": "1234567890123456"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acs:kms:${region}:${account}:key/*", [("region", True, False), ("account", True, False)]),
        ("acs:kms:$<region>:*", [("region", True, True)]),
        ("${regoin}", [("regoin", True, False)]),
        ("${ region }", [(" region ", True, False)]),
        ("${}", [("", True, False)]),
        ("${region", [("region", False, False)]),
        ("$<region", [("region", False, True)]),
        ("${region>", [("region>", False, False)]),
        ("${${region}}", [("", False, False), ("region", True, False)]),
        ("$region {region} ${{region}}", [("", False, False)]),
        ("100 $ and more", []),
    ],
)
def test_everything_that_looks_like_a_placeholder_is_found(
    text: str, expected: list[tuple[str, bool, bool]]
) -> None:
    assert [(p.name, p.is_closed, p.is_angled) for p in find(text)] == expected


def test_both_spellings_are_replaced() -> None:
    assert (
        substitute("acs:kms:${region}:$<account>:key/*", VALUES)
        == "acs:kms:cn-hangzhou:1234567890123456:key/*"
    )


def test_a_value_that_looks_like_a_placeholder_is_not_read_again() -> None:
    assert substitute("${region}${account}", {"region": "${account}", "account": "1"}) == "${account}1"


@given(st.text(alphabet="${}<>regionacut "))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="${}<>regionacut "))
def test_a_text_without_known_placeholder_is_never_changed(text: str) -> None:
    if not any(p.is_known for p in find(text)):
        assert substitute(text, VALUES) == text


def test_only_the_region_placeholder_makes_a_text_regional() -> None:
    assert mentions_region("x${region}")
    assert not mentions_region("x${account}${regions}")
