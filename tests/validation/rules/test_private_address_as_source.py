"""Private addresses where KMS sees public ones."""

import pytest

KEY = "/Statement/0/Condition/IpAddress/acs:SourceIp"


def source(*addresses, operator="IpAddress", key="acs:SourceIp", effect="Allow"):
    return {"Effect": effect, "Condition": {operator: {key: list(addresses)}}}


def test_each_private_address_is_told_when_all_are(places):
    assert places("private-address-as-source", source("10.0.0.1", "fd00::/8")) == [f"{KEY}/0", f"{KEY}/1"]


def test_one_among_public_ones_is_a_hint(places):
    mixed = source("8.8.8.8", "10.0.0.1")
    assert places("private-address-as-source", mixed) == []
    assert places("private-address-among-sources", mixed) == [f"{KEY}/1"]


@pytest.mark.parametrize("address", ["172.32.0.0/16", "11.0.0.0/8", "10.0.0.0/7", "8.8.8.8"])
def test_range_with_public_addresses_is_not_private(places, address):
    assert places("private-address-as-source", source(address)) == []


def test_private_key_of_networks_takes_private_addresses(places):
    assert places("private-address-as-source", source("10.0.0.1", key="acs:VpcSourceIp")) == []


def test_deny_for_all_but_private_ones_denies_everyone(places):
    statement = source("10.0.0.0/8", operator="NotIpAddress", effect="Deny")
    assert places("private-address-excluded", statement)
