"""`/diagnose/`: what was understood, why it was refused, a change that simulate and compare confirm, and refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.audit.models import Event
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.analysis.reported import texts
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

KEY = texts.KEY
REFUSAL = json.dumps(texts.diagnostic())
OFFICE = {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}


def document(**statement: Any) -> dict[str, Any]:
    one = {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [KEY], **statement}
    return {"Version": "1", "Statement": [one]}


def diagnose(viewer: Viewer, **body: Any) -> Any:
    return body_of(Api(viewer, "read").post("/diagnose/", body))


def refused(viewer: Viewer, body: Any) -> dict[str, str]:
    return codes_at(Api(viewer, "read").post("/diagnose/", body))


def test_a_refusal_is_understood_and_its_repair_is_confirmed_by_simulate_and_compare(vera: Viewer) -> None:
    before = document(Condition=OFFICE)
    answer = diagnose(vera, text=REFUSAL, documents=[before])
    assert answer["which"] == 0
    assert answer["understood"][0]["kind"] == "diagnostic"
    found = answer["diagnosis"]
    assert (found["cause"], found["decision"]) == ("nearly", "implicit_deny")
    repair = found["repairs"][0]
    assert (repair["document"], repair["way"], repair["value"]) == (0, "add-value", "203.0.113.7")
    asked = {"documents": [repair["text"]], "request": found["request"]}
    assert body_of(Api(vera, "read").post("/simulate/", asked))["decision"] == "allow"
    compared = body_of(Api(vera, "read").post("/compare/", {"before": [before], "after": [repair["text"]]}))
    assert (compared["grants_new_access"], compared["revokes_access"]) == ("yes", "no")
    assert repair["comparison"]["added"] == compared["added"]
    assert found["smallest"] is True


def test_a_resource_without_its_place_is_told_as_far_as_it_goes(vera: Viewer) -> None:
    text = "aliyun kms Encrypt --KeyId key-1\nErrorCode: Forbidden.NoPermission"
    (understood,) = diagnose(vera, text=text)["understood"]
    assert (understood["resource"], understood["relative_id"]) == ("", "key/key-1")


def test_a_request_alone_is_diagnosed(vera: Viewer) -> None:
    answer = diagnose(vera, request={"action": "kms:Decrypt", "resource": KEY}, documents=[document()])
    assert answer["diagnosis"]["cause"] == "outside"
    assert {each["code"] for each in answer["diagnosis"]["suspects"]} >= {"control-policy", "key-policy"}
    assert (answer["understood"], answer["which"]) == ([], None)


def test_a_request_completes_what_the_text_does_not_say(vera: Viewer) -> None:
    text = json.dumps(texts.detail(PolicyType="ControlPolicy"))
    request = {"action": "kms:Encrypt", "resource": KEY}
    assert diagnose(vera, text=text)["diagnosis"] is None
    found = diagnose(vera, text=text, request=request, documents=[document(Action="kms:*")])["diagnosis"]
    assert found["cause"] == "outside"
    assert found["suspects"][0]["code"] == "control-policy"
    assert found["suspects"][0]["said"] is True


def test_an_explicit_deny_is_told_with_its_place_and_left_alone(vera: Viewer) -> None:
    documents = [document(), document(Effect="Deny", Action="*")]
    found = diagnose(vera, text=REFUSAL, documents=documents)["diagnosis"]
    assert found["cause"] == "explicit-deny"
    assert found["denying"] == [{"document": 1, "path": "/Statement/0"}]
    assert found["repairs"] == []


def test_without_documents_a_new_one_is_offered(vera: Viewer) -> None:
    repair = diagnose(vera, text=REFUSAL)["diagnosis"]["repairs"][0]
    assert (repair["document"], repair["way"]) == (None, "new-statement")


def test_which_of_several_is_judged_can_be_said(vera: Viewer) -> None:
    text = f"kms:Decrypt {KEY}\nkms:Encrypt {KEY}"
    for which, action in ((None, "kms:Decrypt"), (0, "kms:Decrypt"), (1, "kms:Encrypt")):
        chosen = {} if which is None else {"which": which}
        assert diagnose(vera, text=text, **chosen)["diagnosis"]["request"]["action"] == action


def test_a_stored_document_is_named(vera: Viewer, ada: Viewer, rui: Viewer, development: Account) -> None:
    policy = factories.make_released(ada, rui, targets=[(factories.DEVELOPMENT, factories.HANGZHOU)])
    stored = {"policy": policy.pk, "account": factories.DEVELOPMENT, "region": factories.HANGZHOU}
    answer = diagnose(vera, text=REFUSAL, policies=[stored])
    assert answer["diagnosis"]["cause"] in ("nearly", "nothing")
    unknown = Api(vera, "read").post(
        "/diagnose/", {"text": REFUSAL, "policies": [{**stored, "policy": 987654}]}
    )
    problem_of(unknown, 404)


def test_what_is_not_understood_is_kept_and_placed(vera: Viewer) -> None:
    text = f"greetings\n\nkms:Decrypt {KEY}"
    answer = diagnose(vera, text=text)
    (left,) = answer["left"]
    assert text[left["start"] : left["end"]].strip() == "greetings"
    nothing = diagnose(vera, text="greetings")
    assert (nothing["diagnosis"], nothing["which"]) == (None, None)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({}, {"/text": "required"}),
        ({"text": 1}, {"/text": "wrong-type"}),
        ({"text": "", "which": 0}, {"/which": "no-such-request"}),
        ({"text": "", "which": -1}, {"/which": "out-of-range"}),
        ({"request": {"action": "x", "resource": "*"}}, {"/request/action": "malformed-action"}),
        ({"request": {"action": "kms:Decrypt"}}, {"/request/resource": "required"}),
        ({"text": "", "documents": ["{"]}, {"/documents/0": "unclosed-bracket"}),
        ({"text": "", "more": 1}, {"/more": "unknown-field"}),
    ],
)
def test_what_is_wrong_is_told_at_its_place(vera: Viewer, body: Any, codes: dict[str, str]) -> None:
    assert refused(vera, body) == codes


@pytest.mark.parametrize("part", ["[", '{"a":', '{"', '\\"', "NoPermission Decrypt ", "<script>", "AQ"])
def test_a_hostile_text_is_answered(vera: Viewer, part: str) -> None:
    body = {"text": part * (200_000 // len(part))}
    answer = diagnose(vera, **body)
    assert answer["diagnosis"] is None


def test_nothing_is_stored_and_the_trail_says_nothing_of_it(vera: Viewer) -> None:
    before = Event.objects.count()
    diagnose(vera, text=REFUSAL, documents=[document()])
    assert Event.objects.count() == before


def test_a_principal_is_not_passed_on(vera: Viewer) -> None:
    answer = diagnose(vera, text=REFUSAL)
    assert "288774244375210000" not in json.dumps(answer)


def test_a_trail_event_is_judged_at_its_moment(vera: Viewer) -> None:
    window = document(Condition={"DateLessThan": {"acs:CurrentTime": ["2026-01-01T00:00:00Z"]}})
    for moment, cause in (("2025-06-01T00:00:00Z", "outside"), ("2026-06-01T00:00:00Z", "nearly")):
        text = json.dumps(texts.event(eventTime=moment, errorCode="Forbidden.NoPermission"))
        assert diagnose(vera, text=text, documents=[window])["diagnosis"]["cause"] == cause
