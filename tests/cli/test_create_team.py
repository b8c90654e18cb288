"""How an installation begins: a team with its first admin, and refusals that change nothing."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from policystudio.teams.models import Team, User
from policystudio.teams.permissions import Role
from policystudio.teams.selectors import viewer_for_user

pytestmark = pytest.mark.django_db


def create(monkeypatch: pytest.MonkeyPatch, password: str = "correct horse battery", **options: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    given = {"slug": "keys", "name": "Key custodians", "admin": "kim"} | options
    call_command("create_team", password_stdin=True, stdout=io.StringIO(), **given)


def test_the_first_admin_is_made_and_can_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    create(monkeypatch)
    kim = User.objects.get(username="kim")
    assert kim.check_password("correct horse battery")
    assert viewer_for_user(kim, "keys").role is Role.ADMIN


def test_a_user_who_exists_keeps_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    create(monkeypatch)
    create(monkeypatch, password="something else entirely", slug="second")
    assert User.objects.get(username="kim").check_password("correct horse battery")
    assert Team.objects.filter(members__user__username="kim").count() == 2


@pytest.mark.parametrize("options", [{"password": "short"}, {"slug": "no slug"}, {"name": ""}])
def test_a_refusal_leaves_neither_team_nor_user(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, str]
) -> None:
    with pytest.raises(CommandError) as refused:
        create(monkeypatch, **options)
    assert refused.value.returncode == 2
    assert not Team.objects.exists()
    assert not User.objects.exists()
