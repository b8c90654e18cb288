from __future__ import annotations

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

NEW = {
    "name": "app-read",
    "builder": "key-read-only",
    "parameters": {},
    "targets": [{"account": factories.DEVELOPMENT, "region": factories.HANGZHOU}],
    "message": "for the dashboard",
}


def test_created_policy_is_answered_with_its_address_and_its_etag(ada: Viewer, development: Account) -> None:
    api = Api(ada)
    made = api.post("/policies/", NEW)
    assert made.status_code == 201, made.content
    policy = body_of(made)
    assert policy["state"] == "draft"
    assert policy["revision"] == 1
    assert policy["released_revision"] is None
    assert policy["builder"] == "key-read-only"
    assert policy["created_by"] == "ada"
    assert policy["targets"] == NEW["targets"]
    shown = api.get(made["Location"])
    assert body_of(shown) == policy
    assert shown["ETag"] == made["ETag"]


def test_object_as_source_is_written_as_canonical_text(ada: Viewer, development: Account) -> None:
    raw = b'{"name": "app", "source": {"Version": "1", "Statement": [], "x": 1.10}}'
    made = body_of(Api(ada).send("POST", "/policies/", raw=raw))
    revision = body_of(Api(ada).get(f"/policies/{made['id']}/revisions/1/"))
    assert revision["source"] == '{\n  "Version": "1",\n  "Statement": [],\n  "x": 1.10\n}\n'


def test_every_fault_of_a_body_is_told_at_once(ada: Viewer, development: Account) -> None:
    body = {
        "name": 1,
        "targets": [{"account": 5, "region": "cn-hangzhou", "zone": ""}],
        "id": 3,
        "colour": "red",
    }
    assert codes_at(Api(ada).post("/policies/", body)) == {
        "/name": "wrong-type",
        "/targets/0/account": "wrong-type",
        "/targets/0/zone": "unknown-field",
        "/id": "read-only",
        "/colour": "unknown-field",
    }


def test_problems_of_services_keep_their_pointers(ada: Viewer, development: Account) -> None:
    api = Api(ada)
    target = {"account": factories.DEVELOPMENT, "region": "eu-west-1"}
    assert codes_at(api.post("/policies/", {**NEW, "targets": [target]})) == {
        "/targets/0/region": "region-not-enabled"
    }
    parameters = {"keys": ["a", "b:c"]}
    assert list(codes_at(api.post("/policies/", {**NEW, "parameters": parameters}))) == ["/parameters/keys/1"]
    broken = {"name": "x", "source": '{"Version": "1",}'}
    problem = problem_of(api.post("/policies/", broken), 400)
    assert problem["errors"][0]["pointer"] == "/source"
    assert "line 1, column 17" in problem["errors"][0]["detail"]
    assert codes_at(api.post("/policies/", {"name": "x"})) == {"/source": "required"}
    both = {**NEW, "source": factories.source_text()}
    assert codes_at(api.post("/policies/", both)) == {"/source": "ambiguous"}


def test_name_is_taken_without_regard_to_case(ada: Viewer, policy: Policy) -> None:
    problem_of(
        Api(ada).post("/policies/", {"name": policy.name.upper(), "source": factories.source_text()}), 409
    )


def test_list_is_filtered(ada: Viewer, policy: Policy) -> None:
    api = Api(ada)

    def names(query: str) -> list[str]:
        return [each["name"] for each in body_of(api.get(f"/policies/?{query}"))["results"]]

    other = factories.make_policy(ada, "other", builder="key-read-only", parameters={}, targets=())
    assert names("") == sorted([policy.name, other.name])
    assert names(f"account={factories.DEVELOPMENT}&region={factories.HANGZHOU}") == [policy.name]
    assert names("builder=key-read-only") == [other.name]
    assert names("action=kms:Encrypt") == [policy.name]
    assert names("state=released") == []
    assert names("q=OTH") == [other.name]
    assert codes_at(api.get("/policies/?state=gone")) == {"/state": "unknown-choice"}
    assert codes_at(api.get("/policies/?colour=red")) == {"/colour": "unknown-parameter"}
    assert codes_at(api.get("/policies/?q=a&q=b")) == {"/q": "duplicate"}
    assert codes_at(api.get("/policies/?q=%00")) == {"/q": "bad-character"}


def test_change_needs_the_etag_of_what_was_read(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/"
    tag = api.get(address)["ETag"]
    change = {"description": "for the dashboard"}
    problem_of(api.patch(address, change), 428)
    problem_of(api.patch(address, change, If_Match='"7-0"'), 412)
    problem_of(api.patch(address, change, If_Match=f"W/{tag}"), 412)
    changed = api.patch(address, change, If_Match=tag)
    assert changed.status_code == 200
    assert body_of(changed)["description"] == "for the dashboard"
    problem_of(api.patch(address, {"description": "late"}, If_Match=tag), 412)
    assert api.patch(address, {"description": "last"}, If_Match="*").status_code == 200
    assert api.get(address, If_None_Match=changed["ETag"]).status_code == 200
    assert api.get(address, If_None_Match=api.get(address)["ETag"]).status_code == 304


def test_what_the_server_sets_cannot_be_changed(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/"
    answer = api.patch(address, {"state": "released", "revision": 9}, If_Match=api.get(address)["ETag"])
    assert codes_at(answer) == {"/state": "read-only", "/revision": "read-only"}


def test_draft_is_deleted_and_its_address_gone(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/"
    problem_of(api.delete(address), 428)
    assert api.delete(address, If_Match=api.get(address)["ETag"]).status_code == 204
    problem_of(api.get(address), 404)


def test_policy_in_review_is_not_deleted(ada: Viewer, policy: Policy, review: object) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/"
    problem_of(api.delete(address, If_Match=api.get(address)["ETag"]), 409)


def test_foreign_policy_looks_like_one_that_does_not_exist(sam: Viewer, policy: Policy) -> None:
    foreign = Api(sam).get(f"/policies/{policy.pk}/")
    unknown = Api(sam).get("/policies/999999999/")
    assert problem_of(foreign, 404) == problem_of(unknown, 404)


def test_policy_json_says_where_a_review_stands(ada: Viewer, policy: Policy, review: object) -> None:
    assert body_of(Api(ada).get(f"/policies/{policy.pk}/"))["state"] == "in_review"
