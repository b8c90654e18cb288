"""The right input for each condition, operators that fit, and what a missing key means."""

from __future__ import annotations

import pytest

from policystudio.catalog import load
from policystudio.editing.condition_kinds import (
    Missing,
    ValueKind,
    asked_as,
    operators_for,
    value_kind,
    when_missing,
)

CATALOGUE = load()


@pytest.mark.parametrize(
    ("operator", "values", "kind"),
    [
        ("IpAddress", ("192.0.2.1", "10.0.0.0/8"), ValueKind.ADDRESSES),
        ("DateLessThan", ("2026-12-31T23:59:59Z",), ValueKind.MOMENT),
        ("Bool", ("true",), ValueKind.SWITCH),
        ("NumericLessThan", ("5",), ValueKind.NUMBER),
        ("StringLike", ("a", "b*"), ValueKind.TEXTS),
        ("Unknown", ("a",), ValueKind.TEXTS),
        # What the proper input could not hold is asked for as texts, which lose nothing.
        ("DateLessThan", ("tomorrow",), ValueKind.TEXTS),
        ("DateLessThan", ("2026-12-31T23:59:59Z", "2027-12-31T23:59:59Z"), ValueKind.TEXTS),
        ("Bool", ("TRUE",), ValueKind.TEXTS),
        ("Bool", ("true", "false"), ValueKind.TEXTS),
        ("NumericLessThan", ("five",), ValueKind.TEXTS),
        # And what even those could not is left to the JSON.
        ("StringEquals", ("a,b",), None),
        ("StringEquals", (" a",), None),
        ("StringEquals", ("a", "a"), None),
        ("StringEquals", ("",), None),
    ],
)
def test_values_are_asked_for_with_the_input_that_fits(
    operator: str, values: tuple[str, ...], kind: ValueKind | None
) -> None:
    assert asked_as(operator, values) is kind


def test_only_operators_that_fit_the_key_are_offered() -> None:
    assert operators_for(CATALOGUE, "acs:SourceIp") == ("IpAddress", "NotIpAddress")
    assert operators_for(CATALOGUE, "acs:SecureTransport") == ("Bool",)
    assert "StringLike" in operators_for(CATALOGUE, "kms:tag/Project")
    assert "Bool" not in operators_for(CATALOGUE, "kms:tag/Project")
    assert set(operators_for(CATALOGUE, "x:unknown")) >= {"Bool", "IpAddress", "StringEquals", "DateLessThan"}


def test_the_operator_of_the_document_is_offered_even_when_it_does_not_fit() -> None:
    assert operators_for(CATALOGUE, "acs:SourceIp", "StringEquals")[-1] == "StringEquals"
    assert operators_for(CATALOGUE, "acs:SourceIp", "IpAddress") == ("IpAddress", "NotIpAddress")


@pytest.mark.parametrize(
    ("effect", "operator", "key", "meaning"),
    [
        ("Allow", "IpAddress", "acs:SourceIp", Missing.NOT_ALLOWED),
        ("Allow", "NotIpAddress", "acs:SourceIp", Missing.ALLOWED),
        ("Deny", "Bool", "acs:MFAPresent", Missing.NOT_DENIED),
        ("Deny", "StringNotLike", "kms:tag/a", Missing.DENIED),
        ("Allow", "DateLessThan", "acs:CurrentTime", Missing.NEVER),
        ("Allow", "ForAllValues:StringEquals", "kms:tag/a", Missing.UNDOCUMENTED),
        ("Allow", "Unknown", "x", Missing.UNDOCUMENTED),
    ],
)
def test_what_a_missing_key_does_depends_on_effect_and_operator(
    effect: str, operator: str, key: str, meaning: Missing
) -> None:
    assert when_missing(effect, operator, key) is meaning


def test_every_operator_of_the_catalogue_has_a_kind() -> None:
    assert {value_kind(o) for row in CATALOGUE.operators.values() for o in row} == set(ValueKind)
