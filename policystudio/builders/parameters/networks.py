"""Addresses and address ranges from which callers come, IPv4 and IPv6."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from policystudio.builders.parameters.parameter import At, Parameter, Report, list_shape, read_list
from policystudio.builders.parameters.texts import anchored
from policystudio.builders.seen import Seen
from policystudio.builders.words import N_
from policystudio.ram.finding import shown
from policystudio.ram.operators import address

OPERATOR = "IpAddress"
KEY = "acs:SourceIp"


def _ipv6() -> str:
    """The colon form of RFC 4291, section 2.2, without a dotted tail."""
    group = "[0-9A-Fa-f]{1,4}"
    forms = [f"(?:{group}:){{7}}{group}", f"(?:{group}:){{1,7}}:", f":(?::{group}){{1,7}}", "::"]
    forms += [f"(?:{group}:){{1,{left}}}(?::{group}){{1,{7 - left}}}" for left in range(1, 7)]
    return "|".join(forms)


_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4_LENGTH = "(?:3[0-2]|[12]?[0-9])"
_IPV6_LENGTH = "(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])"
# The same texts as `ram.operators.address` reads, for who checks by the schema alone; a test holds the two together.
_PATTERN = rf"(?:{_BYTE}\.){{3}}{_BYTE}(?:\/{_IPV4_LENGTH})?|(?:{_ipv6()})(?:\/{_IPV6_LENGTH})?"

_ADVICE = "write an address or a CIDR block such as `203.0.113.0/24` or `2001:db8::/32`"


@dataclass(frozen=True, kw_only=True)
class Networks(Parameter):
    """A list of addresses and CIDR blocks, kept as they were typed."""

    kind: ClassVar[str] = "networks"

    name: str = "addresses"
    label: str = N_("Addresses")
    help: str = N_(
        "Public addresses or CIDR blocks, IPv4 or IPv6. KMS never sees a private address as the source."
    )
    example: str = "203.0.113.0/24"

    def shape(self) -> dict[str, Any]:
        address = {"type": "string", "minLength": 1, "maxLength": 43, "pattern": anchored(_PATTERN)}
        return list_shape(address) | {"examples": [[self.example, "2001:db8::/32"]]}

    def read(self, given: Any, at: At, report: Report) -> list[str]:
        def read_address(entry: Any, place: At) -> str:
            if not isinstance(entry, str):
                report.add(place, "wrong-type", "an address is needed here, as text")
                return ""
            if fault := address.problem(entry):
                code = (
                    "prefix-length-out-of-range"
                    if address.prefix_out_of_range(entry)
                    else "malformed-address"
                )
                report.add(place, code, f"{shown(entry)}: {fault}; {_ADVICE}")
            return entry

        return read_list(
            given, at, report, read_address, empty="name at least one address; none would admit nobody"
        )

    def value(self, plain: list[str]) -> dict[str, Any]:
        """The condition block."""
        return {OPERATOR: {KEY: list(plain)}}

    def guesses(self, seen: Seen) -> Iterator[list[str]]:
        yield list(seen.conditions.get((OPERATOR, KEY), ()))
