"""The address of a caller cannot be chosen by the caller."""

import pytest
from django.test import RequestFactory

from policystudio.clients import client_address

PEER = "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", PEER),
        (0, "203.0.113.7", PEER),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.9.9.9, 203.0.113.7", "203.0.113.7"),
        (2, "10.9.9.9, 203.0.113.7, 198.51.100.2", "203.0.113.7"),
        (2, "203.0.113.7", PEER),
        (1, "not an address", PEER),
        (1, "fe80::1%eth0", PEER),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "", PEER),
    ],
)
def test_the_header_is_believed_as_far_as_our_proxies_wrote_it(settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=PEER, headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected


def test_a_peer_without_an_address_is_empty(settings):
    settings.PROXY_COUNT = 0
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == ""
