"""Addresses that a request carries: one address of its own family, however it is written."""

from __future__ import annotations

import pytest

from policystudio.analysis.deciding.entries import compiled, one_address, unread
from policystudio.ram.document import Condition, Text


def holds(operator: str, block: str, given: str) -> bool | None:
    texts = [Text(each, "", 0, 0) for each in (operator, "acs:SourceIp", block)]
    return compiled(Condition(texts[0], texts[1], (texts[2],), "", is_list=True)).holds(given)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("10.0.0.0/8", False),
        ("::ffff:0:0/96", True),
        ("::ffff:a00:1", True),
        ("::/0", True),
        ("0.0.0.0/0", False),
    ],
)
def test_ipv4_within_ipv6_is_an_ipv6_address_and_no_ipv4_block_holds_it(block: str, expected: bool) -> None:
    assert holds("IpAddress", block, "::ffff:10.0.0.1") is expected
    assert holds("NotIpAddress", block, "::ffff:10.0.0.1") is not expected


@pytest.mark.parametrize(
    "text", ["::ffff:10.0.0.1/128", "::ffff:010.0.0.1", ":10.0.0.1", "1:2:3:4:5:6:7:10.0.0.1", "10.0.0.0/8"]
)
def test_what_is_no_address_stays_unread(text: str) -> None:
    assert one_address(text) is None
    assert unread("IpAddress", text) is not None
