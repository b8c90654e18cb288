from __future__ import annotations

import pytest
from django.test import Client

from policystudio.policies.models import Policy
from policystudio.teams.permissions import Role
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, make_token, problem_of

pytestmark = pytest.mark.django_db


def test_token_is_shown_once_and_works_until_revoked(ada: Viewer) -> None:
    api = Api(ada)
    made = api.post("/tokens/", {"name": "pipeline", "scopes": ["read", "write"], "days": 5})
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    token = body_of(made)
    mine = Api()
    mine.token = token["token"]
    assert body_of(mine.get("/me/"))["scopes"] == ["read", "write"]
    shown = body_of(api.get(made["Location"]))
    assert "token" not in shown
    assert token["token"] not in api.get("/tokens/").content.decode()
    assert shown["prefix"] == token["token"][:9]
    problem_of(api.delete(made["Location"]), 428)
    problem_of(api.delete(made["Location"], If_Match='"0-0000000000000000"'), 412)
    tag = api.get(made["Location"])["ETag"]
    assert api.delete(made["Location"], If_Match=tag).status_code == 204
    problem_of(api.delete(made["Location"], If_Match=tag), 412)
    problem_of(mine.get("/me/"), 401)
    assert body_of(api.get(made["Location"]))["revoked_at"] is not None


def test_token_faults_are_pointed_at(vera: Viewer) -> None:
    api = Api(vera)
    assert codes_at(api.post("/tokens/", {"scopes": ["everything"]})) == {
        "/scopes/0": "unknown-choice",
        "/name": "required",
    }
    assert codes_at(api.post("/tokens/", {"name": "x", "scopes": []})) == {"/scopes": "required"}
    limited = Api(vera, "admin").post("/tokens/", {"name": "x", "scopes": ["read"]})
    assert codes_at(limited) == {"/scopes/0": "beyond-token"}
    assert codes_at(api.post("/tokens/", {"name": "x", "scopes": ["read"], "days": 366})) == {
        "/days": "out-of-range"
    }


def test_others_tokens_are_seen_by_the_admin_only(ada: Viewer, rui: Viewer, max_: Viewer) -> None:
    made = Api(ada).post("/tokens/", {"name": "mine", "scopes": ["read"]})
    problem_of(Api(rui).delete(made["Location"], If_Match="*"), 404)
    assert Api(max_).delete(made["Location"], If_Match="*").status_code == 204


def test_demoted_owner_takes_the_rights_of_the_token_along(ada: Viewer, policy: Policy) -> None:
    api = Api(ada, "write", "read")
    ada.member.role = Role.VIEWER
    ada.member.save()
    problem_of(api.patch(f"/policies/{policy.pk}/", {}, If_Match="*"), 403)
    assert api.get(f"/policies/{policy.pk}/").status_code == 200


def test_expired_token_is_401(ada: Viewer) -> None:
    api = Api()
    api.token = make_token(ada, "read", days=-1)
    problem_of(api.get("/me/"), 401)


def test_members_are_listed(ada: Viewer, rui: Viewer, sam: Viewer) -> None:
    members = body_of(Api(ada).get("/team/members/"))["results"]
    roles = {member["user"]: member["role"] for member in members}
    assert roles == {"ada": "author", "max": "admin", "rui": "reviewer"}


def test_cookie_beside_a_token_counts_for_nothing(ada: Viewer, vera: Viewer) -> None:
    api = Api(vera)
    api.client.force_login(ada.user)
    assert body_of(api.get("/me/"))["user"] == "vera"
    before = dict(api.client.session)
    api.get("/policies/")
    assert dict(api.client.session) == before


def test_session_needs_the_csrf_token_for_changes(ada: Viewer, policy: Policy) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada.user)
    address = f"/api/v1/policies/{policy.pk}/revisions/"
    assert client.get(address).status_code == 200
    body = {"source": factories.source_text(key="key-b")}
    problem_of(client.post(address, body, content_type="application/json"), 403)
    client.get("/api/docs/")
    csrf = client.cookies["csrftoken"].value
    made = client.post(address, body, content_type="application/json", headers={"X-CSRFToken": csrf})
    assert made.status_code == 201


def test_session_speaks_for_the_team_that_was_chosen(ada: Viewer, sam: Viewer) -> None:
    factories.viewer_of(factories.make_team("zebra", ada.user), ada.user)
    client = Client()
    client.force_login(ada.user)
    problem_of(client.get("/api/v1/me/"), 403)
    session = client.session
    session["team"] = "zebra"
    session.save()
    me = client.get("/api/v1/me/").json()
    assert (me["team"]["slug"], me["role"], me["scopes"]) == ("zebra", "admin", None)
    assert [team["slug"] for team in me["teams"]] == ["payments", "zebra"]
    session["team"] = sam.team.slug
    session.save()
    assert problem_of(client.get("/api/v1/me/"), 403)["code"] == "team-not-chosen"


def test_person_without_a_team_is_refused() -> None:
    client = Client()
    client.force_login(factories.make_user("nobody"))
    problem_of(client.get("/api/v1/policies/"), 403)
    problem_of(client.get("/api/v1/export/1/cn-hangzhou/x/"), 403)


def test_trail_is_listed_with_its_head_and_verified(ada: Viewer, policy: Policy) -> None:
    api = Api(ada)
    trail = body_of(api.get("/audit/"))
    assert trail["head"]["count"] == trail["results"][0]["sequence"]
    assert trail["head"]["hash"] == trail["results"][0]["hash"]
    created = body_of(api.get("/audit/?action=policy.created"))["results"]
    assert [(event["actor"], event["object"]["name"]) for event in created] == [("ada", policy.name)]
    by_id = body_of(api.get(f"/audit/?object_type=policy&object_id={policy.pk}"))["results"]
    assert by_id == created
    verified = body_of(api.get("/audit/verify/"))
    assert verified == {
        "valid": True,
        "count": trail["head"]["count"],
        "head": trail["head"],
        "first_bad": None,
    }


def test_touched_trail_is_found(ada: Viewer, policy: Policy, unprotected: object) -> None:
    unprotected.execute("UPDATE audit_event SET actor_name = 'eve' WHERE sequence = 1")  # type: ignore[attr-defined]
    verified = body_of(Api(ada).get("/audit/verify/"))
    assert verified["valid"] is False
    assert verified["first_bad"]["sequence"] == 1
