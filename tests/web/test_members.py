"""Members in the browser: taken in, given another role, removed; a first password is shown once."""

from __future__ import annotations

import pytest
from django.test import Client

from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.teams.models import Member, User
from policystudio.teams.viewer import Viewer
from tests.factories import make_user
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db


def test_a_new_user_logs_in_with_the_password_that_is_shown_once(max_: Viewer) -> None:
    client = browser_of(max_)
    answer = client.post("/members/new/", {"kind": "new", "username": "iris", "role": "author"})
    assert answer.status_code == 201
    password = answer.context["password"]
    assert "no-store" in answer["Cache-Control"]
    assert password in answer.content.decode()
    assert password not in client.get("/members/").content.decode()
    log_in = Client().post("/login/", {"username": "iris", "password": password})
    assert log_in.status_code == 302
    newest = Event.objects.order_by("-sequence").values_list("action", flat=True)[:2]
    assert set(newest) == {"member.added", "user.created"}
    assert password not in str(list(Event.objects.values()))
    assert verify(max_.team_id).valid


def test_an_existing_user_is_taken_in_by_name(max_: Viewer) -> None:
    make_user("iris")
    answer = browser_of(max_).post(
        "/members/new/", {"kind": "existing", "username": "iris", "role": "viewer"}
    )
    assert answer.status_code == 302
    assert Member.objects.get(user__username="iris").role == "viewer"


@pytest.mark.parametrize(
    ("kind", "username", "role"),
    [
        ("existing", "nobody", "viewer"),
        ("existing", "no\0body", "viewer"),
        ("existing", "max", "viewer"),
        ("new", "max", "viewer"),
        ("new", "", "viewer"),
        ("new", "two words", "viewer"),
        ("new", "iris", "emperor"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    max_: Viewer, kind: str, username: str, role: str
) -> None:
    answer = browser_of(max_).post("/members/new/", {"kind": kind, "username": username, "role": role})
    assert answer.status_code == 422
    assert answer.context["summary"]
    assert (User.objects.count(), Member.objects.count()) == (1, 1)


def test_a_role_is_changed_and_a_member_removed(max_: Viewer, ada: Viewer) -> None:
    client = browser_of(max_)
    assert client.post("/members/ada/role/", {"role": "reviewer"}).status_code == 302
    ada.member.refresh_from_db()
    assert ada.member.role == "reviewer"
    assert client.post("/members/ada/remove/").status_code == 302
    ada.member.refresh_from_db()
    assert not ada.member.is_active
    assert "ada" not in [member.user.username for member, _role in client.get("/members/").context["lines"]]


@pytest.mark.parametrize("verb", ["role", "remove"])
def test_the_last_admin_stays_and_is_told_why(max_: Viewer, ada: Viewer, verb: str) -> None:
    answer = browser_of(max_).post(f"/members/max/{verb}/", {"role": "viewer"})
    assert answer.status_code == 409
    assert "last admin" in answer.content.decode()
    max_.member.refresh_from_db()
    assert (max_.member.role, max_.member.is_active) == ("admin", True)


def test_others_see_the_list_and_change_nothing(ada: Viewer, rui: Viewer) -> None:
    client = browser_of(ada)
    text = client.get("/members/").content.decode()
    assert "rui" in text
    assert "/members/rui/role/" not in text
    assert client.post("/members/rui/role/", {"role": "viewer"}).status_code == 403
    assert client.get("/members/new/").status_code == 403


def test_a_member_of_another_team_is_not_found(sam: Viewer, ada: Viewer) -> None:
    client = browser_of(sam)
    assert client.post("/members/ada/role/", {"role": "viewer"}).status_code == 404
    assert client.post("/members/ada/remove/").status_code == 404
