"""The strict reader of addresses and ranges, beside Python's own."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.operators.address import FAMILY, Range, parse, prefix_out_of_range


def range_of(value: str) -> Range:
    """The range of a text that can be read."""
    read = parse(value)
    assert read is not None, value
    return read


@pytest.mark.parametrize(
    ("value", "network", "has_prefix", "has_host_bits"),
    [
        ("203.0.113.7", "203.0.113.7/32", False, False),
        ("10.0.0.0/8", "10.0.0.0/8", True, False),
        ("10.1.2.3/8", "10.0.0.0/8", True, True),
        ("0.0.0.0/0", "0.0.0.0/0", True, False),
        ("10.1.2.3/32", "10.1.2.3/32", True, False),
        ("2001:db8::1", "2001:db8::1/128", False, False),
        ("2001:DB8::/32", "2001:db8::/32", True, False),
        ("2001:db8::1/32", "2001:db8::/32", True, True),
        ("::", "::/128", False, False),
        ("::/0", "::/0", True, False),
        ("::1", "::1/128", False, False),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8/128", False, False),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0/128", False, False),
    ],
)
def test_addresses_and_ranges_are_read(value, network, has_prefix, has_host_bits):
    read = range_of(value)
    assert (str(read.network), read.has_prefix, read.has_host_bits) == (network, has_prefix, has_host_bits)
    assert read.version == read.network.version
    assert FAMILY.readable(value) is None


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("10.0.0.0/40", "a prefix length is at most 32"),
        ("2001:db8::/129", "a prefix length is at most 128"),
        ("10.0.*", "a wildcard"),
        ("10.0.0.?", "a wildcard"),
        ("fe80::1%eth0", "a zone id"),
        ("10.0.0.0/255.0.0.0", "a netmask instead of a prefix length"),
        ("10.0.0.0/", "not a prefix length"),
        ("10.0.0.0/08", "not a prefix length"),
        ("10.0.0.0/+8", "not a prefix length"),
        ("10.0.0.0/8/8", "not a prefix length"),
        ("10.0.0.0/8 ", "not a prefix length"),
        ("::ffff:10.0.0.1", "IPv4 inside IPv6"),
        ("010.0.0.1", "leading zeros"),
        ("10.0.0.00", "leading zeros"),
        ("10.0.0.256", "a number over 255"),
        ("10.0.0.1-10.0.0.9", "two addresses with a hyphen between"),
        *(
            (value, "not an address")
            for value in (
                *(
                    "",
                    "10.0.0",
                    "10",
                    "0x0a.0.0.1",
                    "10.0.0.1.1",
                    "example.com",
                    "10.0.0.1\n",
                    " 10.0.0.1",
                    "١٠.0.0.1",
                ),
                *(
                    ":",
                    ":::",
                    "1::2::3",
                    "1:2:3:4:5:6:7",
                    "1:2:3:4:5:6:7:8:9",
                    "1:2:3:4:5:6:7:8::",
                    "12345::",
                    "g::",
                ),
                *("[::1]", "/8", "１0.0.0.1"),
            )
        ),
    ],
)
def test_other_texts_are_refused_with_a_reason(value, problem):
    assert parse(value) is None
    assert FAMILY.readable(value) == problem


def test_prefix_out_of_range_is_told_from_other_faults():
    assert prefix_out_of_range("10.0.0.0/33")
    assert not prefix_out_of_range("10.0.0.0/32")
    assert not prefix_out_of_range("10.0.0/33")
    assert not prefix_out_of_range("10.0.0.0/x")


@given(st.ip_addresses() | st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address), st.integers(0, 140))
def test_whatever_python_writes_is_read_to_the_same_network(address, prefix):
    text = f"{address}/{prefix}"
    if prefix > address.max_prefixlen:
        assert prefix_out_of_range(text)
        return
    if "." in str(address) and ":" in str(address):
        return
    assert range_of(text).network == ipaddress.ip_network(text, strict=False)
    assert range_of(str(address)).network == ipaddress.ip_network(str(address))
    if address.version == 6:
        assert range_of(address.exploded).network == range_of(str(address)).network


@given(st.text("0123456789abf:./% ", max_size=20))
def test_whatever_is_read_python_reads_too(text):
    read = parse(text)
    if read is not None:
        assert ipaddress.ip_network(text, strict=False) == read.network
