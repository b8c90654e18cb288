"""What is said of a refusal, and which changes are offered, in cases that people meet."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from policystudio.analysis.deciding import Decision, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.repairing import Cause, Diagnosis, Suspect, Way, applied, diagnose
from policystudio.analysis.reported import Kind, Matched, Note, Reported
from policystudio.analysis.request import Request
from policystudio.ram.document import Document

ACCOUNT = "1234567890123456"
KEY = f"acs:kms:cn-hangzhou:{ACCOUNT}:key/key-1"
OTHER = f"acs:kms:cn-hangzhou:{ACCOUNT}:key/key-2"
HOME = {"acs:SourceIp": "203.0.113.7"}
OFFICE = {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}


def document(*statements: dict[str, Any]) -> Document:
    """A document; a statement allows `kms:Decrypt` on the key but for what it says."""
    whole = [{"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [KEY], **each} for each in statements]
    for each in whole:
        for name in ("Action", "Resource"):
            if f"Not{name}" in each:
                del each[name]
    found = read_given(json.dumps({"Version": "1", "Statement": whole})).document
    assert found is not None
    return found


def request(action: str = "kms:Decrypt", resource: str = KEY, **context: str) -> Request:
    return Request(action, resource, {key.replace("_", ":"): value for key, value in context.items()})


def reported(**said: Any) -> Reported:
    return Reported(Kind.DIAGNOSTIC, "kms:Decrypt", KEY, is_refused=True, **said)


def changed(found: Diagnosis) -> dict[str, Any]:
    """The document after the smallest change."""
    assert found.repair is not None
    value: dict[str, Any] = json.loads(found.repair.text)
    return value


def test_what_these_documents_allow_was_refused_outside() -> None:
    found = diagnose([document({})], request())
    assert found.cause is Cause.OUTSIDE
    assert not found.repairs
    assert not any(each.is_said for each in found.suspects)
    assert {Suspect.NOT_ATTACHED, Suspect.CONTROL_POLICY, Suspect.KEY_POLICY} <= {
        e.suspect for e in found.suspects
    }


@pytest.mark.parametrize(
    ("said", "suspect"),
    [
        ({"policy_type": "ControlPolicy"}, Suspect.CONTROL_POLICY),
        ({"policy_type": "SessionPolicy"}, Suspect.SESSION_POLICY),
        ({"policy_type": "AssumeRolePolicy"}, Suspect.TRUST_POLICY),
        ({"policy_type": "ResourceGroupLevelIdentityBasedPolicy"}, Suspect.RESOURCE_GROUP),
        ({"denial": Decision.EXPLICIT_DENY}, Suspect.DENY_ELSEWHERE),
        ({"notes": (Note("other-account", "", 0, 0),)}, Suspect.OTHER_ACCOUNT),
    ],
)
def test_what_the_refusal_blames_comes_first_whatever_these_documents_say(
    said: dict[str, Any], suspect: Suspect
) -> None:
    for documents in ([document({})], [document({"Resource": [OTHER]})]):
        first = diagnose(documents, request(), reported(**said)).suspects[0]
        assert (first.suspect, first.is_said) == (suspect, True)


def test_a_deny_elsewhere_is_named_where_the_diagnostic_names_it() -> None:
    matched = (
        Matched("deny-outside", "Custom", "Deny", "SubUser"),
        Matched("allows", "Custom", "Allow", "SubUser"),
    )
    said = reported(denial=Decision.EXPLICIT_DENY, matched=matched)
    (first, *_rest) = diagnose([document({})], request(), said).suspects
    assert "deny-outside" in first.detail
    assert "allows" not in first.detail


def test_where_the_refusal_says_that_a_deny_elsewhere_refused_no_change_is_offered() -> None:
    denied = reported(denial=Decision.EXPLICIT_DENY)
    found = diagnose([document({"Resource": [OTHER]})], request(), denied)
    assert found.cause is Cause.DENIED_ELSEWHERE
    assert not found.repairs
    assert found.suspects[0].suspect is Suspect.DENY_ELSEWHERE
    assert diagnose([document({})], request(), denied).cause is Cause.OUTSIDE
    deny = document({"Effect": "Deny"})
    assert diagnose([deny], request(), denied).cause is Cause.EXPLICIT_DENY


def test_an_allow_of_the_account_helps_against_a_deny_of_a_resource_group() -> None:
    denied = reported(denial=Decision.EXPLICIT_DENY, policy_type="ResourceGroupLevelIdentityBasedPolicy")
    found = diagnose([document({"Resource": [OTHER]})], request(), denied)
    assert found.cause is Cause.NEARLY
    assert found.repair is not None


def test_what_is_reported_of_another_request_says_nothing_of_this_one() -> None:
    denied = reported(denial=Decision.EXPLICIT_DENY, policy_type="ControlPolicy")
    for other in (request("kms:Encrypt"), request(resource=OTHER)):
        found = diagnose([], other, denied)
        assert found.cause is Cause.NOTHING
        assert not any(each.is_said for each in found.suspects)
    half = Reported(Kind.ACCESS_DENIED_DETAIL, "KMS:decrypt", denial=Decision.EXPLICIT_DENY)
    assert diagnose([], request(), half).cause is Cause.DENIED_ELSEWHERE


def test_a_deny_is_told_and_never_touched() -> None:
    deny = document({"Effect": "Deny", "Resource": ["*"]})
    found = diagnose([document({}), deny], request())
    assert found.cause is Cause.EXPLICIT_DENY
    assert [(each.document, each.path) for each in found.denying] == [(1, "/Statement/0")]
    assert not found.repairs


def test_an_address_goes_into_the_list_that_lacks_it() -> None:
    found = diagnose([document({"Condition": OFFICE})], request(acs_SourceIp="203.0.113.7"))
    assert found.cause is Cause.NEARLY
    assert found.repair is not None
    assert found.repair.edit.way is Way.ADD_VALUE
    assert changed(found)["Statement"][0]["Condition"]["IpAddress"]["acs:SourceIp"] == [
        "10.0.0.0/8",
        "203.0.113.7",
    ]


def test_a_resource_goes_into_the_list_where_that_adds_nothing_else() -> None:
    found = diagnose([document({})], request(resource=OTHER))
    assert changed(found)["Statement"][0]["Resource"] == [KEY, OTHER]


def test_a_resource_does_not_go_beside_other_actions() -> None:
    found = diagnose([document({"Action": ["kms:Decrypt", "kms:Encrypt"]})], request(resource=OTHER))
    assert changed(found)["Statement"][1] == {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": OTHER}


def test_a_new_statement_asks_for_what_the_request_carried_but_not_for_its_moment() -> None:
    carried = request("kms:Encrypt", acs_SourceIp="10.0.0.1", acs_CurrentTime="2026-01-01T00:00:00Z")
    found = diagnose([document({"Condition": OFFICE})], carried)
    assert changed(found)["Statement"][1] == {
        "Effect": "Allow",
        "Action": "kms:Encrypt",
        "Resource": KEY,
        "Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.1"}},
    }


def test_the_action_is_written_as_the_catalogue_spells_it() -> None:
    found = diagnose([document({})], request("KMS:encrypt"))
    assert changed(found)["Statement"][0]["Action"] == ["kms:Decrypt", "kms:Encrypt"]


def test_an_exception_that_leaves_it_out_is_taken_out() -> None:
    resources = [f"acs:kms:*:{ACCOUNT}:key/key-2", f"acs:kms:*:{ACCOUNT}:key/key-1"]
    found = diagnose([document({"NotResource": resources})], request())
    ways = {each.edit.way for each in found.repairs}
    assert Way.REMOVE_ENTRY in ways


def test_a_window_that_is_over_is_moved_to_the_refusal_and_no_further() -> None:
    window = {"DateLessThan": {"acs:CurrentTime": ["2026-01-01T00:00:00Z"]}}
    found = diagnose([document({"Condition": window})], request(acs_CurrentTime="2026-05-05T12:00:00Z"))
    assert (
        changed(found)["Statement"][0]["Condition"]["DateLessThan"]["acs:CurrentTime"][-1]
        == "2026-05-05T12:00:01Z"
    )


def test_a_key_that_the_refusal_does_not_tell_is_asked_for() -> None:
    assert diagnose([document({"Condition": OFFICE})], request()).untold == ("acs:SourceIp",)
    assert diagnose([document({"Condition": OFFICE})], request(acs_SourceIp="203.0.113.7")).untold == ()
    denied = reported(denial=Decision.EXPLICIT_DENY)
    assert diagnose([document({"Condition": OFFICE})], request(), denied).untold == ()


def test_without_documents_the_change_is_a_new_one() -> None:
    found = diagnose([], request())
    assert found.cause is Cause.NOTHING
    assert found.repair is not None
    assert found.repair.document is None
    assert read_given(found.repair.text).document is not None


def test_only_documents_that_may_be_changed_are() -> None:
    documents = [document({}), document({"Resource": [OTHER], "Action": ["kms:Encrypt"]})]
    found = diagnose(documents, request(resource=OTHER), changeable=[1])
    assert {each.document for each in found.repairs} == {1}


def test_a_pattern_cannot_be_allowed_exactly_and_that_is_said() -> None:
    found = diagnose([document({})], request(resource=KEY.replace("key-1", "08ec3bb9-****")))
    assert found.obstacle
    assert not found.repairs


def test_what_nobody_documents_is_no_cause_and_a_new_statement_still_helps() -> None:
    unclear = {"ForAllValues:StringEquals": {"kms:tag/team": ["a"]}}
    found = diagnose([document({"Condition": unclear})], request(**{"kms_tag/team": "a"}))
    assert found.cause is Cause.UNKNOWN
    assert found.repair is not None
    assert found.repair.edit.way is Way.NEW_STATEMENT


def test_the_same_change_goes_into_the_source_with_its_placeholder() -> None:
    source = document({"Resource": [KEY.replace("cn-hangzhou", "${region}")]})
    found = diagnose([document({})], request(resource=OTHER))
    assert found.repair is not None
    text = applied(source, found.repair.edit, lambda text: text.replace("cn-hangzhou", "${region}"))
    assert text is not None
    assert json.loads(text)["Statement"][0]["Resource"][-1] == OTHER.replace("cn-hangzhou", "${region}")


def tangled(count: int) -> Document:
    """A document that takes long to compare: patterns that overlap in every list."""
    return document(
        *(
            {
                "Action": ["kms:*crypt"],
                "Resource": [f"acs:kms:*:*:*{n}*"],
                "Condition": {
                    "IpAddress": {"acs:SourceIp": [f"10.{n % 250}.0.0/16"]},
                    "StringLike": {f"kms:tag/a{n % 7}": [f"x{n}*y*", "*z*q*"]},
                    "StringNotLike": {f"kms:tag/b{n % 5}": [f"*x{n}*y*", "*z*q*"]},
                },
            }
            for n in range(count)
        )
    )


def test_what_takes_too_long_to_compare_gets_the_new_statement_and_nobody_calls_it_the_smallest() -> None:
    carried = {f"kms:tag/{word}{n}": value for word, value in (("a", "zq"), ("b", "n")) for n in range(7)}
    asked = Request("kms:Decrypt", KEY + "0123456789", {**HOME, **carried})
    start = time.process_time()
    found = diagnose([tangled(200)], asked)
    assert time.process_time() - start < 10
    assert found.repair is not None
    assert found.repair.edit.way is Way.NEW_STATEMENT
    assert not found.is_smallest
    assert diagnose([document({})], request(resource=OTHER)).is_smallest


def test_where_no_statement_has_room_the_change_is_a_new_document() -> None:
    full = document(*({"Resource": [f"{KEY}-{n:0>100}"], "Action": ["kms:Encrypt"]} for n in range(1000)))
    found = diagnose([full], request())
    assert found.repair is not None
    assert found.repair.document is None


def test_a_long_document_is_diagnosed_soon() -> None:
    many = [
        {"Resource": [f"acs:kms:*:{ACCOUNT}:key/{n}-{m}" for m in range(20)], "Condition": OFFICE}
        for n in range(40)
    ]
    found = diagnose([document(*many)], request(acs_SourceIp="10.0.0.1"))
    assert found.repair is not None
    after = read_given(found.repair.text).document
    assert after is not None
    assert evaluate([after], request(acs_SourceIp="10.0.0.1")).decision is Decision.ALLOW
