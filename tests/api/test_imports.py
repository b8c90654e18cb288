"""`/imports/`: documents come in as they are, become policies step by step, and each is reported."""

import json

import pytest

from policystudio.policies.models import Policy, Revision
from tests.api.client import Api, body_of, codes_at, problem_of
from tests.factories import DEVELOPMENT, HANGZHOU
from tests.importing.texts import concrete, document, reply

pytestmark = pytest.mark.django_db

TARGETS = [{"account": DEVELOPMENT, "region": HANGZHOU}]


@pytest.fixture
def api(ada) -> Api:
    return Api(ada, "read", "write")


def send(api, **body):
    answer = api.post("/imports/", body)
    assert answer.status_code == 201, answer.content
    made = body_of(answer)
    assert answer["Location"] == f"/api/v1/imports/{made['id']}/"
    return made


def test_documents_are_stored_first_and_become_policies_when_asked_for(api, development):
    made = send(
        api, documents=[{"name": "one", "text": document()}, {"text": "{"}], targets=TARGETS, label="nightly"
    )
    assert (made["state"], made["documents"], made["label"]) == ("prepared", 2, "nightly")
    assert made["counts"] == {"pending": 2, "stored": 0, "unchanged": 0, "refused": 0, "skipped": 0}
    assert not Policy.objects.exists()
    done = body_of(api.post(f"/imports/{made['id']}/continue/"))
    assert (done["state"], done["counts"]["stored"], done["counts"]["refused"]) == ("finished", 1, 1)
    report = body_of(api.get(f"/imports/{made['id']}/"))
    stored, refused = report["results"]
    assert (stored["name"], stored["state"], stored["revision"]) == ("one", "stored", 1)
    assert stored["policy"] == Policy.objects.get().pk
    assert (refused["state"], refused["text"], refused["policy"]) == ("refused", "{", None)
    assert {problem["pointer"] for problem in refused["problems"]} <= {"/name", "/source"}
    assert report["id"] == made["id"]


def test_a_text_may_be_an_answer_of_ram(api):
    made = send(api, text=json.dumps(reply(document(), name="apollo")))
    api.post(f"/imports/{made['id']}/continue/", {})
    assert Policy.objects.get().name == "apollo"


def test_a_document_may_be_an_object_and_keeps_the_order_of_its_members(api):
    made = send(api, documents=[{"name": "one", "text": {"Statement": [], "Version": "1"}}])
    api.post(f"/imports/{made['id']}/continue/", {})
    assert Revision.objects.get().source.startswith('{\n  "Statement"')


def test_the_name_that_is_sent_wins_over_the_one_inside(api):
    made = send(api, documents=[{"name": "mine", "text": json.dumps(reply(document(), name="theirs"))}])
    assert body_of(api.get(f"/imports/{made['id']}/"))["results"][0]["name"] == "mine"


def test_placeholders_and_repairs_are_made_when_asked_for(api, development):
    text = concrete().replace("]\n", "],\n")
    made = send(
        api, documents=[{"name": "one", "text": text}], placeholders=True, repairs=True, targets=TARGETS
    )
    api.post(f"/imports/{made['id']}/continue/", {})
    assert Revision.objects.get().source == document()


def test_existing_policies_get_a_revision_only_when_that_was_chosen(api):
    for text, on_existing, state in (
        (document(), "refuse", "stored"),
        (document(), "refuse", "unchanged"),
        (document("kms:Decrypt"), "refuse", "refused"),
        (document("kms:Decrypt"), "revise", "stored"),
    ):
        made = send(api, documents=[{"name": "one", "text": text}], on_existing=on_existing)
        done = body_of(api.post(f"/imports/{made['id']}/continue/", {}))
        assert done["counts"][state] == 1
    assert Policy.objects.get().newest_number == 2


def test_steps_are_as_small_as_one_wants(api):
    made = send(
        api, documents=[{"name": f"n{n}", "text": document("kms:Encrypt", f"kms:Tag{n}")} for n in range(3)]
    )
    first = body_of(api.post(f"/imports/{made['id']}/continue/", {"limit": 1}))
    assert (first["state"], first["counts"]["stored"], first["counts"]["pending"]) == ("running", 1, 2)
    pending = body_of(api.get(f"/imports/{made['id']}/?state=pending&limit=1"))
    assert [one["name"] for one in pending["results"]] == ["n1"]
    assert [one["name"] for one in body_of(api.get(pending["next"]))["results"]] == ["n2"]


def test_imports_are_listed_newest_first(api):
    first, second = send(api, text=document()), send(api, text=document())
    listed = body_of(api.get("/imports/"))["results"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({}, {"/documents": "ambiguous"}),
        ({"text": "{}", "documents": [{"text": "{}"}]}, {"/documents": "ambiguous"}),
        ({"documents": []}, {"/documents": "required"}),
        ({"text": ""}, {"/text": "empty-text"}),
        ({"text": " \n"}, {"/text": "empty-text"}),
        ({"text": "words"}, {"/text": "document-not-an-object"}),
        ({"documents": [{"name": "a"}]}, {"/documents/0/text": "required"}),
        ({"documents": [{"text": 5}]}, {"/documents/0/text": "wrong-type"}),
        ({"text": "{}", "on_existing": "overwrite"}, {"/on_existing": "unknown-choice"}),
        ({"text": "{}", "placeholders": "yes"}, {"/placeholders": "wrong-type"}),
        ({"text": "{}", "targets": [{"account": "1", "region": "x"}]}, {"/targets/0/account": None}),
        ({"text": "{}", "state": "finished"}, {"/state": "read-only"}),
    ],
)
def test_wrong_requests_are_named_and_store_nothing(body, codes, api):
    found = codes_at(api.post("/imports/", body))
    assert set(found) == set(codes)
    assert all(code is None or found[at] == code for at, code in codes.items())
    assert body_of(api.get("/imports/"))["results"] == []


def test_a_repeated_request_with_a_key_makes_one_import(api):
    body = {"text": document()}
    answers = [api.post("/imports/", body, Idempotency_Key="k1") for _ in range(2)]
    assert body_of(answers[0]) == body_of(answers[1])
    assert len(body_of(api.get("/imports/"))["results"]) == 1


def test_what_reorders_text_in_a_document_is_its_fault_and_not_the_requests(api):
    made = send(api, documents=[{"name": "one", "text": document("kms:\u202eEncrypt")}])
    done = body_of(api.post(f"/imports/{made['id']}/continue/", {}))
    assert done["counts"]["refused"] == 1


def test_another_team_sees_nothing_of_it(api, sam):
    made = send(api, text=document())
    stranger = Api(sam)
    problem_of(stranger.get(f"/imports/{made['id']}/"), 404)
    problem_of(stranger.post(f"/imports/{made['id']}/continue/", {}), 404)
    assert body_of(stranger.get("/imports/"))["results"] == []
