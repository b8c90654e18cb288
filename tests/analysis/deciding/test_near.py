"""Near misses: which statements are called near, in which order and words; and how a doubt is explained."""

from __future__ import annotations

from policystudio.analysis.deciding import Decision
from tests.analysis.deciding.asking import asked, statement

OFFICE = {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}
TAGGED = {"StringEquals": {"kms:tag/env": "dev"}}
ELSEWHERE = "acs:oss:*:*:bucket"


def paths(evaluation):
    return [near.path for near in evaluation.near]


def test_what_misses_least_comes_first_and_an_action_that_fits_before_one_that_does_not():
    found = asked(
        statement(Action="kms:Encrypt", Resource=ELSEWHERE, Condition=OFFICE),
        statement(Condition={**OFFICE, **TAGGED}),
        statement(Action="kms:Encrypt"),
        statement(Resource=ELSEWHERE),
        statement(Condition=OFFICE),
        statement(Action="kms:Encrypt", Condition=OFFICE),
    )
    assert found.decision is Decision.IMPLICIT_DENY
    order = ["/Statement/4", "/Statement/3", "/Statement/2", "/Statement/1", "/Statement/5"]
    assert paths(found) == order


def test_the_words_name_what_fails_and_why():
    found = asked(
        statement(Condition=OFFICE),
        statement(Condition={**OFFICE, **TAGGED}),
        context={"acs:SourceIp": "11.0.0.1"},
    )
    fails = "`11.0.0.1` fits none of the values, so `IpAddress` does not hold"
    assert [near.text for near in found.near] == [
        f"all but `acs:SourceIp` fits: {fails}",
        f"all but `acs:SourceIp` and `kms:tag/env` fits: {fails}; key not in the request",
    ]
    assert found.near[0].as_json()["failing"] == ["/Statement/0/Condition/IpAddress/acs:SourceIp"]
    only_action = asked(statement(Action="kms:Encrypt"))
    assert only_action.near[0].text == "all but the action fits: nothing in `Action` fits `kms:Decrypt`"


def test_two_entries_on_one_key_name_it_once():
    found = asked(statement(Condition={"StringEquals": {"k:a": "x"}, "StringLike": {"k:a": "x*"}}))
    assert found.near[0].text.startswith("all but `k:a` fits: ")


def test_what_cannot_be_told_beside_a_miss_is_said():
    found = asked(statement(Action="kms:Encrypt", Condition={"Null": {"k:a": "x"}}))
    assert found.near[0].text.endswith("; of `k:a` it cannot be told")


def test_nothing_is_near_when_the_request_is_allowed_or_when_only_a_deny_is():
    assert paths(asked(statement(), statement(Action="kms:Encrypt"))) == []
    assert paths(asked(statement(Effect="Deny", Action="kms:Encrypt"))) == []


def test_a_statement_of_which_nothing_fits_is_not_near():
    assert paths(asked(statement(Action="kms:Encrypt", Resource=ELSEWHERE))) == []


def test_at_most_ten_are_shown_in_the_order_of_the_document():
    found = asked(*[statement(Action="kms:Encrypt") for _ in range(12)])
    assert paths(found) == [f"/Statement/{index}" for index in range(10)]


def test_near_misses_are_told_of_an_allow_that_a_deny_overrides():
    found = asked(statement(Effect="Deny"), statement(Action="kms:Encrypt"))
    assert found.decision is Decision.EXPLICIT_DENY
    assert paths(found) == ["/Statement/1"]


DOUBT = {"ForAnyValue:StringEquals": {"k:a": "x"}}


def test_a_deny_in_doubt_where_nothing_allows_is_unknown_and_said_to_be_denied_either_way():
    found = asked(statement(Effect="Deny", Condition=DOUBT), statement(Action="kms:Encrypt"))
    assert found.decision is Decision.UNKNOWN
    assert found.bounds.is_allowed is False
    assert found.reason is not None
    assert found.reason.path == "/Statement/0/Condition/ForAnyValue:StringEquals"
    assert "denied either way" in found.reason.detail
    assert paths(found) == ["/Statement/1"]


def test_a_doubt_that_may_let_the_request_through_is_not_said_to_be_denied_either_way():
    for statements in (
        [statement(Condition=DOUBT)],
        [statement(Effect="Deny", Condition=DOUBT), statement()],
    ):
        found = asked(*statements)
        assert found.decision is Decision.UNKNOWN
        assert found.bounds.is_allowed is None
        assert found.reason is not None
        assert "either way" not in found.reason.detail


def test_the_reason_is_the_doubt_that_the_decision_depends_on():
    found = asked(statement(Condition=DOUBT), statement(Effect="Deny", Condition={"Null": {"k:b": "x"}}))
    assert found.reason is not None
    assert found.reason.as_json() == {
        "document": 0,
        "path": "/Statement/1/Condition/Null",
        "code": "unknown-operator",
        "detail": "RAM documents no operator `Null`",
    }


def test_a_doubt_that_decides_nothing_is_no_reason():
    assert asked(statement(), statement(Condition=DOUBT)).reason is None
    denied = asked(statement(Effect="Deny"), statement(Condition=DOUBT))
    assert (denied.decision, denied.reason) == (Decision.EXPLICIT_DENY, None)
    assert asked(statement(Action="kms:Encrypt", Condition=DOUBT)).decision is Decision.IMPLICIT_DENY
