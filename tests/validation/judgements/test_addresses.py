"""What is said of source addresses, at the first and last address of each range."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.validation import addresses
from policystudio.validation.addresses import SOURCE_KEY, adds_up_to_everything, lets_in, ranges, within
from tests.validation.contexts import about, statement

SETS = {
    "is_private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
    "is_reserved": (
        "0.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "224.0.0.0/3",
        "::/127",
        "fe80::/10",
        "ff00::/8",
    ),
    "is_printed_example": ("192.0.2.0/24",),
    "is_for_examples": ("198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"),
}


@pytest.mark.parametrize("name", SETS)
def test_a_range_begins_and_ends_where_its_standard_says(name):
    judge = getattr(addresses, name)
    for each in map(ip_network, SETS[name]):
        assert judge(each)
        assert judge(ip_network(each[0]))
        assert judge(ip_network(each[-1]))
        assert each.prefixlen == 0 or not judge(each.supernet())
        before, after = int(each[0]) - 1, int(each[-1]) + 1
        for outside in (before, after):
            if 0 <= outside < 2**each.max_prefixlen and not any(
                ip_address(each[0].__class__(outside)) in other
                for other in map(ip_network, SETS[name])
                if other.version == each.version
            ):
                assert not judge(ip_network(each[0].__class__(outside)))


@pytest.mark.parametrize(
    ("listed", "is_everything"),
    [
        ([], False),
        (["0.0.0.0/0"], True),
        (["::/0"], True),
        (["0.0.0.0/1", "128.0.0.0/1"], True),
        (["0.0.0.0/1", "0.0.0.0/1"], False),
        (["0.0.0.0/1", "0.0.0.0/1", "0.0.0.0/2"], False),
        (["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"], True),
        (["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"], False),
        (["::/1", "8000::/1"], True),
        (["::/1", "128.0.0.0/1"], False),
        (["0.0.0.0/1", "8000::/1", "::/1"], True),
        (["0.0.0.0/1", "8000::/1", "8000::/1"], False),
    ],
)
def test_ranges_are_everything_only_together_and_within_one_version(listed, is_everything):
    assert adds_up_to_everything(map(ip_network, listed)) is is_everything


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 3)), max_size=8))
def test_ranges_are_everything_when_they_leave_no_eighth_out(pieces):
    networks = [ip_network(((number >> (3 - length) << (32 - length)), length)) for number, length in pieces]
    eighths = {ip_network((number << 29, 3)) for number in range(8)}
    left = [eighth for eighth in eighths if not any(within(eighth, each) for each in networks)]
    assert adds_up_to_everything(networks) is not bool(left)


@pytest.mark.parametrize(
    ("inner", "outer", "is_inside"),
    [
        ("10.0.0.0/8", "10.0.0.0/8", True),
        ("10.1.0.0/16", "10.0.0.0/8", True),
        ("10.0.0.0/8", "10.1.0.0/16", False),
        ("10.0.0.0/8", "::/0", False),
        ("::1/128", "0.0.0.0/0", False),
        ("::1/128", "::/0", True),
        ("::/0", "::1/128", False),
    ],
)
def test_versions_have_no_address_in_common(inner, outer, is_inside):
    assert within(ip_network(inner), ip_network(outer)) is is_inside


@pytest.mark.parametrize(
    ("operator", "values", "read"),
    [
        ("IpAddress", ["10.0.0.1", "nowhere", "8.8.8.0/24"], ["10.0.0.1", "8.8.8.0/24"]),
        ("NotIpAddress", ["10.0.0.1"], ["10.0.0.1"]),
        ("StringEquals", ["10.0.0.1"], []),
    ],
)
def test_only_what_an_operator_on_addresses_lists_is_a_range(operator, values, read):
    (condition,) = (
        about(statement(Condition={operator: {SOURCE_KEY: values}})).document.statements[0].conditions
    )
    assert [value.text for value, _ in ranges(condition)] == read


@pytest.mark.parametrize(
    ("effect", "operator", "is_let_in"),
    [
        ("Allow", "IpAddress", True),
        ("Allow", "NotIpAddress", False),
        ("Deny", "IpAddress", False),
        ("Deny", "NotIpAddress", True),
    ],
)
def test_addresses_are_let_in_by_an_allow_for_them_or_a_deny_for_all_others(effect, operator, is_let_in):
    written = statement(Effect=effect, Condition={operator: {SOURCE_KEY: "8.8.8.8"}})
    (found,) = about(written).document.statements
    assert lets_in(found.conditions[0], found) is is_let_in
