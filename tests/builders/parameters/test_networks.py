"""Addresses and CIDR blocks: the published pattern is the core's reader of addresses."""

import re
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.parameters.networks import Networks
from policystudio.ram.operators import address

PATTERN = re.compile(Networks().shape()["items"]["pattern"])


READ = """
0.0.0.0/0 255.255.255.255/32 10.1.2.3/8 :: ::/0 ::1 1:: 1::8 1:2:3:4:5:6:7:8/128 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8
2001:DB8::/32 1:2::7:8 fe80::1
"""
REFUSED = """
1.2.3 1.2.3.4.5 256.1.1.1 01.2.3.4 1.2.3.4/33 1.2.3.4/ 1.2.3.4/08 1.2.3.4/255.0.0.0 10.0.* ::: 1::2::3 1:2:3:4:5:6:7
1:2:3:4:5:6:7:8:9 ::1/129 :1 1: fe80::1%eth0 ::ffff:1.2.3.4 12345:: ١.2.3.4 1:2:3:4:5:6:7:8:: ::1:2:3:4:5:6:7:8
"""


@pytest.mark.parametrize("text", READ.split())
def test_addresses_that_are_read(text):
    assert PATTERN.search(text)
    assert address.parse(text)


@pytest.mark.parametrize("text", ["", "1.2.3.4\n", " 1.2.3.4", *REFUSED.split()])
def test_addresses_that_are_refused(text):
    assert not PATTERN.search(text)
    assert address.parse(text) is None


four = st.integers(0, 2**32 - 1).map(lambda number: str(IPv4Address(number)))
six = (
    st.integers(0, 2**128 - 1).map(IPv6Address).flatmap(lambda a: st.sampled_from([a.compressed, a.exploded]))
)
sparse = st.lists(st.sampled_from(["", "0", "1", "ffff", "Ab"]), min_size=1, max_size=9).map(":".join)
lengths = st.just("") | st.integers(0, 140).map(lambda length: f"/{length}")


@given(text=four | six | sparse | st.text("0123456789abcdefA:./%", max_size=12), length=lengths)
def test_the_published_pattern_agrees_with_the_core(text, length):
    assert bool(PATTERN.search(text + length)) == (address.parse(text + length) is not None)
