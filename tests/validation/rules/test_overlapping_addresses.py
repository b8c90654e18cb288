"""Ranges inside one another are told, each once."""


def test_inner_range_is_told_wherever_it_stands(places):
    addresses = ["8.8.8.8", "9.0.0.0/8", "8.8.0.0/16", "8.8.8.0/24", "2001:4860::/32"]
    found = places("overlapping-addresses", {"Condition": {"IpAddress": {"acs:SourceIp": addresses}}})
    assert sorted(path.rpartition("/")[2] for path in found) == ["0", "3"]
