"""The registry of operators: complete as documented, and each operator in one family."""

import pytest

from policystudio.ram.operators import all_operators, families, family_of, split_operator


def test_the_families_and_their_operators_are_these():
    assert {family.name: family.operators for family in families()} == {
        "address": ("IpAddress", "NotIpAddress"),
        "boolean": ("Bool",),
        "date": (
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ),
        "number": (
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ),
        "string": (
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ),
    }


def test_set_prefixes_stand_before_string_operators_only():
    assert len(all_operators()) == 21 + 12
    assert family_of("ForAllValues:StringLike") is family_of("StringLike")
    assert family_of("ForAnyValue:Bool") is None


@pytest.mark.parametrize(
    "operator", ["stringEquals", "Null", "StringEqualsIfExists", "", "ForAllValues:", "ArnLike"]
)
def test_other_names_are_no_operators(operator):
    assert family_of(operator) is None


def test_negated_operators_are_those_with_not_in_their_name():
    for operator, family in all_operators().items():
        assert family.is_negated(operator) == ("Not" in operator)


@pytest.mark.parametrize(
    ("operator", "parts"),
    [
        ("ForAnyValue:StringLike", ("ForAnyValue:", "StringLike")),
        ("StringLike", ("", "StringLike")),
        ("For:x", ("", "For:x")),
    ],
)
def test_operator_is_split_at_its_set_prefix(operator, parts):
    assert split_operator(operator) == parts


@pytest.mark.parametrize("family", families(), ids=lambda family: family.name)
def test_readable_agrees_with_parse(family):
    for value in (
        "",
        "true",
        "1",
        "10.0.0.0/8",
        "2026-01-01T00:00:00Z",
        "x",
        "10.0.0.0/33",
        "2026-13-01T00:00:00Z",
    ):
        assert (family.readable(value) is None) == (family.parse(value) is not None)
