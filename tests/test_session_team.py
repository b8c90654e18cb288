"""A session speaks for the team that it was given, and for no other one, on pages and in the API alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from policystudio.policies.models import Policy
from policystudio.teams.models import Member, Team
from policystudio.teams.permissions import Role
from policystudio.teams.viewer import Viewer
from tests import factories

pytestmark = pytest.mark.django_db
NEW_POLICY = {"name": "written-later", "source": factories.source_text(), "targets": []}


def logged_in(viewer: Viewer) -> Client:
    """By the form, as a browser does it."""
    client = Client()
    client.post("/login/", {"username": viewer.user.username, "password": factories.PASSWORD})
    return client


def take_in(team: Team, viewer: Viewer, role: Role = Role.AUTHOR) -> Member:
    return Member.objects.create(team=team, user=viewer.user, role=role)


def leave(viewer: Viewer) -> None:
    Member.objects.filter(pk=viewer.member.pk).update(is_active=False)


def create(client: Client) -> Any:
    return client.post("/api/v1/policies/", NEW_POLICY, content_type="application/json")


def team_of(client: Client) -> Any:
    return client.get("/api/v1/me/").json()["team"]["slug"]


@pytest.fixture
def earlier(db: None) -> Team:
    """A team whose slug sorts before that of every other."""
    return factories.make_team("aaa", factories.make_user("ann"))


def test_being_taken_into_another_team_does_not_move_a_session_there(ada: Viewer, earlier: Team) -> None:
    client = logged_in(ada)
    take_in(earlier, ada)
    assert team_of(client) == "payments"
    assert create(client).status_code == 201
    assert Policy.objects.get().team.slug == "payments"


def test_a_session_whose_team_is_gone_writes_in_no_other_team(ada: Viewer, earlier: Team) -> None:
    client = logged_in(ada)
    take_in(earlier, ada)
    leave(ada)
    answer = create(client)
    assert (answer.status_code, answer.json()["code"]) == (403, "team-not-chosen")
    assert "payments" in answer.json()["detail"]
    assert client.post("/policies/new/", {}).status_code in {403, 405}
    assert client.post("/new/builder/crypto-user/", {}).status_code in {403, 404}
    assert not Policy.objects.exists()


def test_a_session_whose_team_is_gone_reads_in_no_other_team(ada: Viewer, earlier: Team) -> None:
    client = logged_in(ada)
    take_in(earlier, ada)
    leave(ada)
    assert client.get("/api/v1/policies/").status_code == 403
    assert client.get("/api/v1/export/1/cn-hangzhou/x/").status_code == 403
    page = client.get("/policies/?q=x")
    assert (page.status_code, page["Location"]) == (302, "/team/?next=%2Fpolicies%2F%3Fq%3Dx")
    choice = client.get(page["Location"]).content.decode()
    assert "payments" in choice
    assert 'value="aaa"' in choice


def test_a_page_that_changes_something_is_refused_without_a_team(max_: Viewer, earlier: Team) -> None:
    client = logged_in(max_)
    take_in(earlier, max_, Role.ADMIN)
    leave(max_)
    answer = client.post("/members/new/", {"kind": "new", "username": "puppet", "role": "viewer"})
    assert answer.status_code == 403
    assert 'href="/team/"' in answer.content.decode()
    assert not Member.objects.filter(user__username="puppet").exists()


def test_with_several_teams_a_page_asks_and_the_api_refuses_until_one_is_chosen(
    ada: Viewer, earlier: Team
) -> None:
    take_in(earlier, ada)
    client = logged_in(ada)
    assert client.get("/").status_code == 302
    assert client.get("/api/v1/me/").json()["code"] == "team-not-chosen"
    assert create(client).status_code == 403
    answer = client.post("/team/", {"team": "aaa", "next": "/policies/"})
    assert answer["Location"] == "/policies/"
    assert team_of(client) == "aaa"


def test_the_choice_never_leads_to_another_site(ada: Viewer, earlier: Team) -> None:
    take_in(earlier, ada)
    client = logged_in(ada)
    assert 'name="next" value="/"' in client.get("/team/?next=https://evil.example/").content.decode()
    answer = client.post("/team/", {"team": "aaa", "next": "//evil.example"})
    assert answer["Location"] == "/"


def test_who_came_into_their_first_team_after_logging_in_gets_it(earlier: Team) -> None:
    user = factories.make_user("newcomer")
    client = Client()
    client.force_login(user)
    assert client.get("/").status_code == 403
    assert client.get("/api/v1/me/").status_code == 403
    Member.objects.create(team=earlier, user=user, role=Role.VIEWER)
    assert client.get("/").status_code == 200
    assert team_of(client) == "aaa"


def test_logging_in_as_somebody_else_takes_no_team_along(ada: Viewer, sam: Viewer) -> None:
    client = logged_in(ada)
    client.force_login(sam.user)
    assert team_of(client) == sam.team.slug
