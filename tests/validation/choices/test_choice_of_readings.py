"""Moments and addresses in other notations are read where they are clear."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.validation.choices.moments import ends_in, in_days, in_zones, readings
from policystudio.validation.choices.networks import other_lengths
from policystudio.validation.choices.networks import readings as addresses_read
from policystudio.validation.repairs import Replace
from tests.validation.choices.making import written
from tests.validation.contexts import NOON, statement


def value(text: str) -> Any:
    return written(statement(Condition={"StringEquals": {"a": text}})).statements[0].conditions[0].values[0]


def texts(repairs: Any) -> list[str]:
    return [getattr(each, "text", None) or "+".join(each.changes[0][1]) for each in repairs]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-24", ["2026-11-24T00:00:00Z", "2026-11-24T00:00:00+08:00"]),
        ("2026-11-24T12:30", ["2026-11-24T12:30:00Z", "2026-11-24T12:30:00+08:00"]),
        ("2026-11-24t12:30:15", ["2026-11-24T12:30:15Z", "2026-11-24T12:30:15+08:00"]),
        ("2026-11-24 12:30:15.25", ["2026-11-24T12:30:15Z", "2026-11-24T12:30:15+08:00"]),
        ("2026-11-24T12", []),
        ("2026-02-30", []),
        ("soon", []),
    ],
)
def test_moment_without_a_zone_is_read_in_both_documented_zones(text, read):
    assert texts(in_zones(value(text))) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("24.11.2026", ["2026-11-24T00:00:00Z", "2026-11-24T00:00:00+08:00"]),
        ("2026/11/24", ["2026-11-24T00:00:00Z", "2026-11-24T00:00:00+08:00"]),
        ("31.02.2026", []),
        ("2026-11-24T12:30:15.250Z", ["2026-11-24T12:30:15Z"]),
        ("2026-11-24T12:30:15.250+08:00", ["2026-11-24T12:30:15+08:00"]),
        ("1700000000", ["2023-11-14T22:13:20Z"]),
        ("170000000", []),
        ("17000000000", []),
        ("soon", []),
    ],
)
def test_other_notations_are_read_where_they_are_clear(text, read):
    assert texts(readings(value(text))) == read


def test_end_lies_so_many_days_ahead_in_utc():
    assert in_days(1, NOON) == "2026-11-25T12:00:00Z"
    (repair,) = ends_in(30, value("x"), NOON)
    assert isinstance(repair, Replace)
    assert (repair.text, repair.title) == ("2026-12-24T12:00:00Z", "End in 30 days, 2026-12-24T12:00:00Z")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("8.8.8.0/255.255.255.0", ["8.8.8.0/24"]),
        ("8.8.8.8/255.255.255.255", ["8.8.8.8/32"]),
        ("8.8.8.0/255.0.255.0", []),
        ("8.8.8.999/255.255.255.0", []),
        ("8.8.8.0/255.255.255.999", []),
        ("8.8.8.0 - 8.8.8.3", ["8.8.8.0/30"]),
        ("8.8.8.3-8.8.8.0", []),
        ("8.8.8.0-8.8.8.999", []),
        ("008.008.000.010", ["8.8.0.10"]),
        ("010.0.0.0/8", ["10.0.0.0/8"]),
        ("999.0.0.0/8", []),
        ("nowhere", []),
    ],
)
def test_other_ways_to_write_ranges_are_read_where_they_are_clear(text, read):
    assert texts(addresses_read(value(text))) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("8.8.8.8/33", ["8.8.8.8/32", "8.8.8.0/24"]),
        ("2001:db8::1/129", ["2001:db8::1/128", "2001:db8::/64"]),
        ("nowhere/33", []),
    ],
)
def test_range_with_a_prefix_too_long_is_one_address_or_the_usual_network(text, read):
    repairs = list(other_lengths(value(text)))
    assert texts(repairs) == read
    assert [isinstance(each, Replace) and each.title.partition(", ")[0] for each in repairs] == [
        f"Write {network}" for network in read
    ]
