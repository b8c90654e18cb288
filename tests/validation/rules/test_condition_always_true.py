"""A limit that limits nothing is told of, and safeguards that are asked for on purpose are not."""

import pytest

CODE = "condition-always-true"


def at(operator, key):
    return [f"/Statement/0/Condition/{operator}/{key}"]


def test_negation_of_a_key_that_kms_never_sends_holds_always(places):
    for effect in ("Allow", "Deny"):
        statement = {"Effect": effect, "Condition": {"StringNotEquals": {"oss:Prefix": "a"}}}
        assert places(CODE, statement) == at("StringNotEquals", "oss:Prefix")
        assert places("condition-key-of-other-service", statement) == []
        assert places("condition-key-of-other-service-in-deny", statement) == []


def test_negation_of_a_tag_holds_always_only_where_no_action_carries_it(places):
    condition = {"StringNotEquals": {"kms:tag/Stage": "live"}}
    container = "acs:kms:${region}:${account}:key"
    listing = {"Action": "kms:ListKeys", "Resource": container, "Condition": condition}
    assert places(CODE, listing) == at("StringNotEquals", "kms:tag~1Stage")
    assert places("negation-with-absent-key", listing) == []
    both = {**listing, "Action": ["kms:ListKeys", "kms:Decrypt"], "Resource": [container, f"{container}/*"]}
    assert places(CODE, both) == []


def test_addresses_that_no_caller_has_exclude_nobody(places):
    def excluding(*addresses, effect="Allow"):
        return {"Effect": effect, "Condition": {"NotIpAddress": {"acs:SourceIp": list(addresses)}}}

    assert places(CODE, excluding("10.0.0.0/8", "127.0.0.1")) == at("NotIpAddress", "acs:SourceIp")
    assert places(CODE, excluding("10.0.0.0/8", "8.8.8.8")) == []
    assert places(CODE, excluding("10.0.0.0/8", effect="Deny")) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"acs:SecureTransport": "true"}},
        {"DateGreaterThan": {"acs:CurrentTime": "2030-01-01T00:00:00Z"}},
        {
            "DateGreaterThan": {"acs:CurrentTime": "2020-01-01T00:00:00Z"},
            "DateLessThan": {"acs:CurrentTime": "2027-01-01T00:00:00Z"},
        },
        {"ForAllValues:StringNotEquals": {"oss:Prefix": "a"}},
    ],
    ids=["https", "start to come", "window", "set operator"],
)
def test_limits_that_may_fail_are_silent(places, condition):
    assert places(CODE, {"Condition": condition}) == []


def test_lone_start_that_has_passed_is_only_a_suggestion(judge):
    found = judge({"Condition": {"DateGreaterThan": {"acs:CurrentTime": "2020-01-01T00:00:00Z"}}})
    assert [(f.code, f.severity) for f in found] == [(CODE, "suggestion")]
