"""API tokens in the browser: made, shown once, used, revoked."""

from __future__ import annotations

import pytest
from django.test import Client

from policystudio.teams.models import ApiToken
from policystudio.teams.services.create_token import create_token
from policystudio.teams.viewer import Viewer
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
FORM = {"name": "pipeline", "scopes": ["read", "export"], "days": "30"}


def test_a_token_is_shown_once_and_works(ada: Viewer) -> None:
    client = browser_of(ada)
    answer = client.post("/tokens/new/", FORM)
    assert answer.status_code == 201
    plain = answer.context["plain"]
    assert "no-store" in answer["Cache-Control"]
    assert plain in answer.content.decode()
    listed = client.get("/tokens/").content.decode()
    assert "pipeline" in listed
    assert plain not in listed
    assert Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {plain}"}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"days": "0"}, "days"),
        ({"days": "366"}, "days"),
        ({"days": "²"}, "days"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(ada: Viewer, fields: dict[str, object], place: str) -> None:
    answer = browser_of(ada).post("/tokens/new/", {**FORM, **fields})
    assert answer.status_code == 422
    assert list(answer.context["errors"]) == [place]
    assert not ApiToken.objects.exists()


def test_one_revokes_ones_own_and_an_admin_anybodys(ada: Viewer, rui: Viewer, max_: Viewer) -> None:
    for person in (ada, max_):
        token, _plain = create_token(by=ada, name="pipeline", scopes=["read"])
        assert browser_of(rui).post(f"/tokens/{token.pk}/revoke/").status_code == 404
        assert browser_of(person).post(f"/tokens/{token.pk}/revoke/").status_code == 302
        token.refresh_from_db()
        assert token.revoked_at is not None


def test_only_admins_see_the_tokens_of_others(ada: Viewer, rui: Viewer, max_: Viewer, sam: Viewer) -> None:
    create_token(by=ada, name="pipeline-of-ada", scopes=["read"])
    seen = [
        "pipeline-of-ada" in browser_of(v).get("/tokens/").content.decode() for v in (ada, max_, rui, sam)
    ]
    assert seen == [True, True, False, False]
