"""Ranges that are everything, alone or together."""

import pytest


@pytest.mark.parametrize(
    ("addresses", "is_everything"),
    [
        (["0.0.0.0/0"], True),
        (["::/0"], True),
        (["0.0.0.0/1", "128.0.0.0/1"], True),
        (["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/1", "8.8.8.8"], True),
        (["0.0.0.0/1", "128.0.0.0/2"], False),
        (["0.0.0.0/1", "8000::/1"], False),
        (["8.8.8.8"], False),
    ],
)
def test_sum_of_the_ranges_decides(places, addresses, is_everything):
    found = places("every-address", {"Condition": {"IpAddress": {"acs:SourceIp": addresses}}})
    assert bool(found) is is_everything
    assert len(found) <= 1
