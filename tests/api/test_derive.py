"""`/derive/`: a document from requests or text, offers that can be accepted, and the place of every refusal."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at

pytestmark = pytest.mark.django_db

KEY = "acs:kms:cn-hangzhou:1234567890123456:key/a"
ASKED = {"action": "kms:Decrypt", "resource": KEY, "context": {"acs:SourceIp": "10.0.0.1"}}


def derive(viewer: Viewer, **body: Any) -> Any:
    return body_of(Api(viewer, "read").post("/derive/", body))


def refused(viewer: Viewer, body: Any) -> dict[str, str]:
    return codes_at(Api(viewer, "read").post("/derive/", body))


def test_the_document_allows_the_requests_by_simulate(vera: Viewer) -> None:
    answer = derive(vera, requests=[ASKED, ASKED])
    assert [(line["times"], line["state"]) for line in answer["requests"]] == [(2, "allowed")]
    for request, decision in ((ASKED, "allow"), ({**ASKED, "context": {}}, "implicit_deny")):
        body = {"documents": [answer["document"]], "request": request}
        assert body_of(Api(vera, "read").post("/simulate/", body))["decision"] == decision


def test_an_offer_that_is_accepted_adds_what_compare_finds(vera: Viewer) -> None:
    before = derive(vera, requests=[ASKED])
    offer = next(each for each in before["offers"] if each["id"].startswith("all:key:"))
    after = derive(vera, requests=[ASKED], accepted=[offer["id"]])
    body = {"before": [before["document"]], "after": [after["document"]]}
    compared = body_of(Api(vera, "read").post("/compare/", body))
    assert (compared["grants_new_access"], compared["revokes_access"]) == ("yes", "no")
    said = [(each["actions"], each["resources"], each["conditions"]) for each in offer["added"]]
    assert said == [(each["actions"], each["resources"], each["conditions"]) for each in compared["added"]]
    assert [each["id"] for each in after["accepted"]] == [offer["id"]]


def test_text_is_read_and_what_is_left_out_is_told(vera: Viewer) -> None:
    text = f"kms:Decrypt {KEY}\nkms:Nothing *\nhello\n"
    answer = derive(vera, text=text)
    assert [(line["state"], line["why"] and line["why"]["code"]) for line in answer["requests"]] == [
        ("allowed", None),
        ("left-out", "unknown-action"),
    ]
    assert [(gap["start"], gap["code"]) for gap in answer["not_read"]] == [
        (text.index("hello"), "no-request")
    ]


def test_nothing_that_can_be_written_is_no_document(vera: Viewer) -> None:
    assert derive(vera, requests=[])["document"] is None
    assert derive(vera, text="")["document"] is None


def test_a_name_that_the_team_has_added_is_known_to_this_team_alone(
    ada: Viewer, rui: Viewer, sam: Viewer
) -> None:
    asked = {"action": factories.make_known_name(rui).name, "resource": KEY}
    assert derive(ada, requests=[asked])["document"] is not None
    assert derive(sam, requests=[asked])["document"] is None


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({}, {"": "required"}),
        ({"requests": [], "text": ""}, {"": "ambiguous"}),
        ({"requests": [{"action": 1, "resource": "*"}]}, {"/requests/0/action": "wrong-type"}),
        ({"requests": [{"action": "kms:Decrypt"}]}, {"/requests/0/resource": "required"}),
        ({"text": "x", "accepted": ["y"]}, {"/accepted/0": "unknown-generalisation"}),
        ({"text": "x", "accepted": ["y"] * 21}, {"/accepted": "too-many"}),
        (
            {"text": f"kms:Decrypt {KEY}", "accepted": ["region:any", "region:any"]},
            {"/accepted/1": "unknown-generalisation"},
        ),
        ({"text": 1}, {"/text": "wrong-type"}),
    ],
)
def test_bad_input_is_refused_at_its_place(vera: Viewer, body: Any, codes: dict[str, str]) -> None:
    assert refused(vera, body) == codes


def test_what_looks_like_a_request_and_is_none_is_left_out_and_no_error(vera: Viewer) -> None:
    answer = derive(vera, requests=[{"action": "\ud83d\ude00", "resource": "\u0007", "context": {"": "x"}}])
    assert answer["requests"][0]["why"]["code"] == "malformed-action"
