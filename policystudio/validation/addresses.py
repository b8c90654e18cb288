"""Judgements on source addresses that several rules share. Reading an address is left to `ram/operators/address.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

from policystudio.ram.document import Condition, Statement, Text
from policystudio.ram.operators import address
from policystudio.ram.operators.address import Network, Range

SOURCE_KEY = "acs:SourceIp"

# Source: RFC 1918, RFC 6598 (also used inside Alibaba Cloud), RFC 4193.
_PRIVATE = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
)
# Source: RFC 1122, RFC 3927, RFC 5771, RFC 4291: loopback, link-local, multicast, unspecified, reserved.
_RESERVED = tuple(
    map(
        ip_network,
        ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/127", "fe80::/10", "ff00::/8"),
    )
)
# Source: RFC 5737, the range that the documentation of RAM and KMS prints.
_PRINTED = (ip_network("192.0.2.0/24"),)
# Source: RFC 5737, RFC 3849: ranges for examples that people also take when they try things out.
_TRIED = tuple(map(ip_network, ("198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")))
_BITS = 128
"""No prefix is longer."""


def ranges(condition: Condition) -> Iterator[tuple[Text, Range]]:
    """The values of a condition on addresses that can be read, each with its range; nothing for other operators."""
    if condition.operator.text in address.FAMILY.operators:
        for value in condition.values:
            found = address.parse(value.text)
            if found is not None:
                yield value, found


def lets_in(condition: Condition, statement: Statement) -> bool:
    """Whether the listed addresses are those let in: an Allow for them, or a Deny for all others."""
    return statement.is_allow != (condition.operator.text == "NotIpAddress")


def is_private(network: Network) -> bool:
    """Whether no public address lies in the range."""
    return _lies_in(network, _PRIVATE)


def is_reserved(network: Network) -> bool:
    """Whether the range is for other uses than hosts on a network."""
    return _lies_in(network, _RESERVED)


def is_printed_example(network: Network) -> bool:
    """Whether the range is the one that samples of the documentation hold."""
    return _lies_in(network, _PRINTED)


def is_for_examples(network: Network) -> bool:
    """Whether the range is one of the others that are set aside for examples."""
    return _lies_in(network, _TRIED)


def adds_up_to_everything(networks: Iterable[Network]) -> bool:
    """Whether the ranges together are every address of IPv4 or of IPv6."""
    listed = list(networks)
    fours = [network for network in listed if isinstance(network, IPv4Network)]
    sixes = [network for network in listed if isinstance(network, IPv6Network)]
    if not (_may_be_everything(fours) or _may_be_everything(sixes)):
        return False  # as nearly always
    collapsed: list[Network] = [*collapse_addresses(fours), *collapse_addresses(sixes)]
    return any(network.prefixlen == 0 for network in collapsed)


def _may_be_everything(networks: Sequence[Network]) -> bool:
    """Whether as many addresses are listed as there are, each range counted by itself."""
    return sum(1 << (_BITS - network.prefixlen) for network in networks) >= 1 << _BITS


def within(network: Network, wider: Network) -> bool:
    """Whether every address of `network` is in `wider`; ranges of different versions have none in common."""
    if isinstance(network, IPv4Network) and isinstance(wider, IPv4Network):
        return network.subnet_of(wider)
    return isinstance(network, IPv6Network) and isinstance(wider, IPv6Network) and network.subnet_of(wider)


def _lies_in(network: Network, listed: Iterable[Network]) -> bool:
    return any(within(network, wider) for wider in listed)
