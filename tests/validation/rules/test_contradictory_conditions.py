"""Conditions that cannot hold together, and those that only look so."""

import pytest

TAG = "kms:tag/Stage"


@pytest.mark.parametrize(
    ("condition", "is_contradictory"),
    [
        ({"StringEquals": {TAG: "test"}, "StringNotEquals": {TAG: "test"}}, True),
        ({"StringEquals": {TAG: "test"}, "StringLike": {TAG: "prod*"}}, True),
        ({"StringEquals": {TAG: "test"}, "StringEqualsIgnoreCase": {TAG: "TEST"}}, False),
        ({"StringEquals": {TAG: ["test", "live"]}, "StringNotEquals": {TAG: "test"}}, False),
        ({"StringEquals": {TAG: "test"}, "StringNotEquals": {"kms:tag/Other": "test"}}, False),
        ({"IpAddress": {"acs:SourceIp": "8.8.8.0/24"}, "NotIpAddress": {"acs:SourceIp": "8.8.0.0/16"}}, True),
        (
            {"IpAddress": {"acs:SourceIp": "8.8.0.0/16"}, "NotIpAddress": {"acs:SourceIp": "8.8.8.0/24"}},
            False,
        ),
    ],
)
def test_only_what_is_certain_is_told(places, condition, is_contradictory):
    assert bool(places("contradictory-conditions", {"Condition": condition})) is is_contradictory
