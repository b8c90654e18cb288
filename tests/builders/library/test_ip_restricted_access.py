"""Everything in KMS from chosen addresses."""

from tests.builders.reading import builder, refused, statement


def test_the_addresses_are_the_condition_as_they_were_typed():
    addresses = ["203.0.113.0/24", "2001:DB8::/32", "198.51.100.7"]
    got = statement("ip-restricted-access", addresses=addresses)
    assert got["Condition"] == {"IpAddress": {"acs:SourceIp": addresses}}
    assert (got["Action"], got["Resource"]) == (["kms:*"], ["*"])


def test_no_address_is_refused_and_does_not_open_the_policy():
    assert refused("ip-restricted-access", addresses=[]) == [("/addresses", "empty-list")]
    assert refused("ip-restricted-access", addresses="all") == [("/addresses", "wrong-type")]


def test_every_wrong_address_is_named():
    addresses = ["10.0.0.0/33", "10.0.*", "203.0.113.1", 5, "203.0.113.1"]
    assert refused("ip-restricted-access", addresses=addresses) == [
        ("/addresses/0", "prefix-length-out-of-range"),
        ("/addresses/1", "malformed-address"),
        ("/addresses/3", "wrong-type"),
        ("/addresses/4", "repeated"),
    ]


def test_addresses_are_asked_for_once():
    found = refused("ip-restricted-access", conditions={"source_ip": ["203.0.113.1"]})
    assert found == [("/conditions/source_ip", "unknown-parameter")]


def test_other_conditions_stand_beside_the_addresses():
    got = statement("ip-restricted-access", addresses=["203.0.113.1"], conditions={"mfa": True})
    assert got["Condition"] == {
        "IpAddress": {"acs:SourceIp": ["203.0.113.1"]},
        "Bool": {"acs:MFAPresent": "true"},
    }


def test_it_says_that_the_private_addresses_of_the_sample_admit_nobody():
    assert any(
        "private" in note.text and note.tone == "warning" for note in builder("ip-restricted-access").notes
    )
