"""Other addresses and ranges in the place of a text that is none, where what was meant is clear enough to choose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, summarize_address_range

from policystudio.ram.document import Text
from policystudio.ram.operators import address
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.repairs import Repair, Replace

_OCTETS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
_NETMASK = re.compile(rf"({_OCTETS})/({_OCTETS})")
_SPAN = re.compile(rf"({_OCTETS})\s*-\s*({_OCTETS})")
_ZEROS = re.compile(rf"{_OCTETS}(?:/[0-9]{{1,2}})?")
_MOST_RANGES = 8
_LENGTHS = {
    4: ((32, "this one address"), (24, "its 256 addresses")),
    6: ((128, "this one address"), (64, "its network")),
}


def readings(value: Text) -> Iterator[Repair]:
    """Choices for a netmask, two addresses with a hyphen between, or leading zeros read as decimal digits."""
    netmask, span = _NETMASK.fullmatch(value.text), _SPAN.fullmatch(value.text)
    if netmask and address.parse(netmask.group(1)) is not None:
        length = _length(netmask.group(2))
        if length is not None:
            yield Replace(value, f"{netmask.group(1)}/{length}")
    elif span and all(address.parse(end) is not None for end in span.groups()):
        first, last = map(IPv4Address, span.groups())
        ranges = tuple(map(str, summarize_address_range(first, last))) if first <= last else ()
        if 0 < len(ranges) <= _MOST_RANGES:
            yield Rewrite(f"List the {len(ranges)} ranges from {first} to {last}", ((value, ranges),))
    elif _ZEROS.fullmatch(value.text):
        plain = re.sub(r"\b0+(?=[0-9])", "", value.text)
        if address.parse(plain) is not None:
            yield Replace(value, plain)


def other_lengths(value: Text) -> Iterator[Repair]:
    """Choices for a range whose prefix length is too large: the one address, or the network that is usual around it."""
    text = value.text.partition("/")[0]
    found = address.parse(text)
    for length, meaning in _LENGTHS[found.version] if found else ():
        narrowed = address.parse(f"{text}/{length}")
        if narrowed is not None:
            yield Replace(value, str(narrowed.network), f"Write {narrowed.network}, {meaning}")


def _length(netmask: str) -> int | None:
    """The prefix length that a netmask stands for."""
    try:
        return IPv4Network(f"0.0.0.0/{netmask}").prefixlen
    except ValueError:
        return None
