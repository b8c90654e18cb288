"""A statement in vain is told of only where nothing else says why, and only when it surely is in vain."""

import pytest

CODE, WHOLE = "statement-grants-nothing", "document-grants-nothing"
SECRET = "acs:kms:${region}:${account}:secret/app"
BOTH = {"Action": ["kms:Decrypt", "kms:Encrypt"]}


def deny(action, **more):
    return {"Effect": "Deny", "Action": action, "Resource": "*", **more}


def test_denials_that_take_all_back_together_are_told(places):
    assert places(CODE, BOTH, deny("kms:Decrypt"), deny("kms:Encrypt")) == ["/Statement/0"]
    assert places(CODE, BOTH, deny("kms:*crypt")) == []


def test_pattern_that_takes_all_back_at_once_has_a_finding_of_its_own(places):
    assert places("allow-cancelled-by-deny", {"Action": "kms:Decrypt"}, deny("kms:De*")) == ["/Statement/0"]
    assert places(CODE, {"Action": "kms:Decrypt"}, deny("kms:De*")) == []


@pytest.mark.parametrize(
    "denials",
    [
        [deny("kms:Decrypt")],
        [deny("kms:Decrypt"), deny("kms:Encrypt", Condition={"Bool": {"acs:SecureTransport": "false"}})],
        [deny("kms:Decrypt"), deny("kms:Encrypt", Resource="acs:kms:${region}:${account}:key/key-other")],
    ],
    ids=["one is left", "one has a condition", "one is about another key"],
)
def test_what_is_left_in_some_case_is_not_nothing(places, denials):
    assert places(CODE, BOTH, *denials) == []


def test_misspelt_action_is_told_once(judge):
    found = [finding.code for finding in judge({"Action": "kms:Encypt"}, {"Action": "kms:Encypt"})]
    assert CODE not in found
    assert WHOLE not in found


def test_whole_document_is_told_when_every_statement_is_in_vain_and_there_are_several(places):
    wrong = {"Action": "kms:Decrypt", "Resource": SECRET}
    ended = {"Condition": {"DateLessThan": {"acs:CurrentTime": "2020-01-01T00:00:00Z"}}}
    assert places(WHOLE, wrong) == []
    assert places(WHOLE, wrong, ended) == [""]
    assert places(WHOLE, wrong, {}) == []
    assert places(WHOLE, wrong, deny("kms:Encrypt")) == []


def test_action_of_another_service_or_a_newer_one_may_grant_something(places):
    assert places(WHOLE, {"Action": "oss:GetObject"}, {"Action": "kms:SpinKey"}) == []


def test_everything_left_out_is_nothing(places):
    assert places(CODE, {"Action": "kms:Decrypt", "NotResource": "*"}, stored=False) == ["/Statement/0"]
    assert places(CODE, {"Action": "kms:Decrypt", "NotResource": SECRET}, stored=False) == []
