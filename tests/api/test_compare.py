"""`/compare/`: the answer, a witness that simulate takes as it is, stored documents, and the place of every refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

KEY = "acs:kms:*:*:key/*"


def document(**statement: Any) -> dict[str, Any]:
    one = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY, **statement}
    return {"Version": "1", "Statement": [one]}


def compare(viewer: Viewer, before: list[Any], after: list[Any]) -> Any:
    return body_of(Api(viewer, "read").post("/compare/", {"before": before, "after": after}))


def test_the_witness_goes_to_simulate_as_it_is_and_is_confirmed(vera):
    limited = document(Condition={"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}})
    before, after = document(Action="kms:Sign"), limited
    answer = compare(vera, [json.dumps(before)], [after])
    assert (answer["grants_new_access"], answer["revokes_access"]) == ("yes", "yes")
    assert answer["complete"]
    for witness, allowing, denying in (
        (answer["witness"], after, before),
        (answer["lost"], before, after),
    ):
        for one, decision in ((allowing, "allow"), (denying, "implicit_deny")):
            body = {"documents": [one], "request": witness["request"]}
            assert body_of(Api(vera, "read").post("/simulate/", body))["decision"] == decision
    (line,) = answer["added"]
    assert line["actions"]["any_of"] == ["kms:Decrypt"]
    assert line["causes"] == [{"side": "after", "document": 0, "path": "/Statement/0"}]
    assert line["conditions"][0]["present"] == [{"operator": "IpAddress", "values": ["10.0.0.0/8"]}]
    assert not line["conditions"][0]["missing"]


def test_nothing_new_is_proved(vera):
    answer = compare(vera, [document(Action="kms:*")], [document()])
    assert (answer["grants_new_access"], answer["witness"], answer["added"]) == ("no", None, [])
    assert compare(vera, [], [])["revokes_access"] == "no"


def test_what_cannot_be_told_has_a_reason(vera):
    doubtful = document(Condition={"ForAnyValue:StringEquals": {"k:a": "x"}})
    answer = compare(vera, [doubtful], [document()])
    assert answer["grants_new_access"] == "unknown"
    assert answer["reason"]["code"] == "undetermined"


def test_a_placeholder_is_compared_as_it_stands_with_a_warning(vera):
    answer = compare(vera, [], [document(Resource="acs:kms:${region}:*:key/*")])
    assert [(each["side"], each["code"]) for each in answer["warnings"]] == [
        ("after", "unreplaced-placeholder")
    ]


def test_stored_documents_stand_on_either_side(vera, ada, rui, development, sam):
    place = (factories.DEVELOPMENT, factories.HANGZHOU)
    policy = factories.make_released(ada, rui, name="App-Read", targets=[place])
    named = [{"policy": policy.pk, "account": place[0], "region": place[1]}]
    body = {"before_policies": named, "after": [document(Action="*", Resource="*")]}
    assert body_of(Api(vera, "read").post("/compare/", body))["grants_new_access"] == "yes"
    body = {"before_policies": named, "after_policies": named}
    assert body_of(Api(vera, "read").post("/compare/", body))["grants_new_access"] == "no"
    problem_of(Api(sam, "read").post("/compare/", body), 404)


def test_every_fault_of_a_document_is_told_with_its_place(vera):
    api = Api(vera, "read")
    assert codes_at(api.post("/compare/", {"after": []})) == {"/before": "required"}
    assert set(codes_at(api.post("/compare/", {"before": ["{"], "after": []}))) == {"/before/0"}
    bad = codes_at(api.post("/compare/", {"before": [], "after": [document(), document(Effect="allow")]}))
    assert list(bad) == ["/after/1/Statement/0/Effect"]
    assert codes_at(api.post("/compare/", {"before": 1, "after": []})) == {"/before": "wrong-type"}


@pytest.mark.parametrize("side", ["before_policies", "after_policies"])
def test_a_number_that_no_policy_can_have_is_refused(vera: Viewer, side: str) -> None:
    named = [{"policy": 2**63, "account": factories.DEVELOPMENT, "region": factories.HANGZHOU}]
    other = "after" if side == "before_policies" else "before"
    answer = Api(vera, "read").post("/compare/", {side: named, other: [document()]})
    assert codes_at(answer) == {f"/{side}/0/policy": "out-of-range"}
