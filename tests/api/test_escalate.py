"""`/escalate/`: goals with their steps, requests that simulate takes as they are, and the place of every refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of, codes_at

pytestmark = pytest.mark.django_db

HEAD = "acs:kms:cn-hangzhou:1234567890123456:"


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {
        "Version": "1",
        "Statement": [{"Effect": "Allow", "Resource": f"{HEAD}key/*", **each} for each in statements],
    }


TAGGED = document(
    {"Action": "kms:TagResource"},
    {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Apollo"}}},
)


def escalate(viewer: Viewer, *documents: Any) -> Any:
    return body_of(Api(viewer, "read").post("/escalate/", {"documents": list(documents)}))


def test_every_request_of_the_steps_goes_to_simulate_as_it_is_and_is_allowed(vera: Viewer) -> None:
    answer = escalate(vera, json.dumps(TAGGED))
    assert answer["answer"] == "steps"
    first = answer["goals"][0]
    assert (first["goal"], first["answer"]) == ("decrypt", "steps")
    assert [step["step"] for step in first["steps"]] == ["tag_resource", "decrypt"]
    assert first["steps"][1]["requests"][0]["allowed_by"] == {"document": 0, "path": "/Statement/1"}
    for step in first["steps"]:
        for each in step["requests"]:
            body = {"documents": [TAGGED], "request": each["request"]}
            assert body_of(Api(vera, "read").post("/simulate/", body))["decision"] == "allow"


def test_a_no_comes_with_what_the_model_leaves_out(vera: Viewer) -> None:
    answer = escalate(vera, document({"Action": "kms:DescribeKey"}))
    assert answer["answer"] == "no"
    assert {goal["answer"] for goal in answer["goals"]} == {"no"}
    assert answer["left_out"]


def test_what_cannot_be_told_never_counts_as_reached(vera: Viewer) -> None:
    doubtful = {"ForAnyValue:StringEquals": {"acs:Team": "a"}}
    answer = escalate(vera, document({"Action": "kms:Decrypt", "Condition": doubtful}))
    assert answer["answer"] == "unknown"
    goal = answer["goals"][0]
    assert (goal["goal"], goal["answer"]) == ("decrypt", "unknown")


def test_what_has_to_hold_is_said(vera: Viewer) -> None:
    condition = {"IpAddress": {"acs:SourceIp": "203.0.113.0/24"}}
    answer = escalate(vera, document({"Action": "kms:Decrypt", "Condition": condition}))
    (step,) = answer["goals"][0]["steps"]
    assert step["requests"][0]["while"] == [{"key": "acs:SourceIp", "value": "203.0.113.0"}]


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/documents", "required"),
        ({"documents": []}, "/documents", "required"),
        ({"documents": ["{"]}, "/documents/0", "unclosed-bracket"),
        ({"documents": [1]}, "/documents/0", "wrong-type"),
        ({"documents": [TAGGED] * 51}, "/documents", "too-many"),
    ],
)
def test_refusals_point_at_their_place(vera: Viewer, body: Any, pointer: str, code: str) -> None:
    answer = Api(vera, "read").post("/escalate/", body)
    assert codes_at(answer)[pointer] == code


def test_a_policy_of_another_team_is_not_there(vera: Viewer) -> None:
    body = {"policies": [{"policy": 999_999, "account": "1234567890123456", "region": "cn-hangzhou"}]}
    assert Api(vera, "read").post("/escalate/", body).status_code == 404
