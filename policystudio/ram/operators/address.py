"""Operators on IP addresses, and the one strict reader of addresses and ranges.

Source: ram-language, section 4: IPv4 addresses and CIDR blocks are documented. Decision: IPv6 and host bits behind the
prefix are read too and left to the rules, which warn; leading zeros, zone ids, IPv4 inside IPv6 text, netmasks,
wildcards and digits of other scripts are refused, as readers disagree on what they mean.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import NamedTuple

from policystudio.ram.memory import remembered
from policystudio.ram.operators._family import Family

Network = IPv4Network | IPv6Network

_OCTET = r"(?:0|[1-9][0-9]{0,2})"
_IPV4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_HEXTET = re.compile(r"[0-9A-Fa-f]{1,4}")
_PREFIX = re.compile(r"0|[1-9][0-9]{0,8}")
_IPV4_WITH_ZEROS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){3}(?:/.*)?", re.DOTALL)


class Range(NamedTuple):
    """An address or range as written: its network, whether it had a prefix length, and bits set behind that."""

    network: Network
    has_prefix: bool
    has_host_bits: bool

    @property
    def version(self) -> int:
        return self.network.version


@remembered
def parse(value: str) -> Range | None:
    """The range that `value` writes (one address is a range of one), or None."""
    text, slash, length = value.partition("/")
    number = _address(text)
    if number is None:
        return None
    bits = 32 if isinstance(number, IPv4Address) else 128
    prefix = bits
    if slash:
        if not _PREFIX.fullmatch(length) or int(length) > bits:
            return None
        prefix = int(length)
    network: Network
    if isinstance(number, IPv4Address):
        network = IPv4Network((int(number), prefix), strict=False)
    else:
        network = IPv6Network((int(number), prefix), strict=False)
    return Range(network, bool(slash), int(network.network_address) != int(number))


def prefix_out_of_range(value: str) -> bool:
    """Whether only the prefix length is wrong: an address, a slash, and a number too large for it."""
    text, slash, length = value.partition("/")
    return (
        bool(slash)
        and _address(text) is not None
        and _PREFIX.fullmatch(length) is not None
        and parse(value) is None
    )


def problem(value: str) -> str | None:
    """What keeps `value` from being an address or range, or None."""
    if parse(value) is not None:
        return None
    text, _, length = value.partition("/")
    if prefix_out_of_range(value):
        return f"a prefix length is at most {32 if '.' in text else 128}"
    if "*" in value or "?" in value:
        return "a wildcard"
    if "%" in value:
        return "a zone id"
    if _address(text) is not None:
        return (
            "a netmask instead of a prefix length" if _address(length) is not None else "not a prefix length"
        )
    if ":" in text and "." in text:
        return "IPv4 inside IPv6"
    if _IPV4_WITH_ZEROS.fullmatch(value):
        octets = text.split(".")
        return "leading zeros" if any(o != "0" and o.startswith("0") for o in octets) else "a number over 255"
    if "-" in value:
        return "two addresses with a hyphen between"
    return "not an address"


def _address(text: str) -> IPv4Address | IPv6Address | None:
    if _IPV4.fullmatch(text):
        octets = [int(octet) for octet in text.split(".")]
        return IPv4Address(bytes(octets)) if max(octets) < 256 else None
    number = _ipv6(text)
    return None if number is None else IPv6Address(number)


def _ipv6(text: str) -> int | None:
    """The number of an IPv6 address. Source: RFC 4291, section 2.2, forms 1 and 2."""
    if not 2 <= len(text) <= 39 or text.count("::") > 1 or ":::" in text:
        return None
    head, gap, tail = text.partition("::")
    left = head.split(":") if head else []
    right = tail.split(":") if tail else []
    if not all(_HEXTET.fullmatch(part) for part in left + right):
        return None
    missing = 8 - len(left) - len(right)
    # Source: RFC 4291: `::` stands for one or more groups of zeros.
    if (missing < 1) if gap else (missing != 0):
        return None
    number = 0
    for part in [*left, *["0"] * missing, *right]:
        number = number << 16 | int(part, 16)
    return number


FAMILY = Family(
    name="address",
    operators=("IpAddress", "NotIpAddress"),
    negated=frozenset({"NotIpAddress"}),
    parse=parse,
    problem=problem,
)
