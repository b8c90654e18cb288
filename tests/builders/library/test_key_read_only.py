"""Listing keys: chosen ones, and those with a tag."""

from tests.builders.reading import refused, relative_ids, statement, statements

TAG = [{"key": "Project", "values": ["Apollo"]}]
TAG_CONDITION = {"StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo"]}}


def test_chosen_keys_leave_the_container_so_that_listing_works():
    assert relative_ids(statement("key-read-only", keys=["key-a", "key-b"])) == [
        "key",
        "key/key-a",
        "key/key-b",
    ]


def test_a_tag_condition_leaves_listing_to_a_statement_without_it():
    one, other = statements("key-read-only", keys=["key-a"], conditions={"tag": TAG})
    assert (relative_ids(one), one["Condition"]) == (["key/key-a"], TAG_CONDITION)
    assert (relative_ids(other), other["Action"]) == (["key"], ["kms:List*"])
    assert "Condition" not in other


def test_other_conditions_stand_in_both_statements():
    office = {"IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}}
    one, other = statements("key-read-only", conditions={"tag": TAG, "source_ip": ["203.0.113.0/24"]})
    assert one["Condition"] == office | TAG_CONDITION
    assert other["Condition"] == office


def test_read_only_from_the_office_until_friday_needs_no_json():
    got = statement(
        "key-read-only",
        conditions={"source_ip": ["203.0.113.0/24"], "not_after": "2026-11-27T18:00:00+08:00"},
    )
    assert got["Condition"] == {
        "IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]},
        "DateLessThanEquals": {"acs:CurrentTime": "2026-11-27T18:00:00+08:00"},
    }


def test_there_are_no_aliases_to_choose():
    assert refused("key-read-only", aliases="all") == [("/aliases", "unknown-parameter")]
