"""The command prints a token alone on its line, once; whatever is wrong is said on standard error with exit code 2."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Scope
from policystudio.teams.selectors import viewer_for_token
from policystudio.teams.services.add_member import add_member
from policystudio.teams.services.remove_member import remove_member


def run(*arguments: str) -> tuple[str, str]:
    out, notes = StringIO(), StringIO()
    call_command("create_api_token", *arguments, stdout=out, stderr=notes)
    return out.getvalue(), notes.getvalue()


def test_token_stands_alone_on_its_line_and_works(ada):
    out, notes = run("--user", "ada", "--scopes", "read,write,export", "--days", "30")
    assert out.count("\n") == 1
    viewer = viewer_for_token(out.strip())
    assert viewer is not None
    assert viewer.actor_id == ada.actor_id
    assert viewer.scopes == frozenset({Scope.READ, Scope.WRITE, Scope.EXPORT})
    assert out.strip() not in notes
    assert ApiToken.objects.get().name == "command line"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--user", "nobody", "--scopes", "read"), "no user nobody"),
        (("--user", "ada", "--scopes", "read,root"), "unknown scope"),
        (("--user", "ada", "--scopes", ""), "at least one scope"),
        (("--user", "ada", "--scopes", "read", "--days", "400"), "from 1 to 365"),
        (("--user", "ada", "--scopes", "read", "--team", "strangers"), "not a member"),
    ],
)
def test_what_is_wrong_is_said(ada, sam, arguments, said):
    with pytest.raises(CommandError, match=said) as error:
        run(*arguments)
    assert error.value.returncode == 2
    assert not ApiToken.objects.exists()
    run("--user", "ada", "--scopes", "read")


def test_member_of_several_teams_says_which(max_, sam):
    add_member(by=sam, user=max_.user, role="viewer")
    with pytest.raises(CommandError, match="say which with --team"):
        run("--user", "max", "--scopes", "read")
    out, _ = run("--user", "max", "--scopes", "read", "--team", "strangers", "--name", "pipeline")
    viewer = viewer_for_token(out.strip())
    assert viewer is not None
    assert viewer.team.slug == "strangers"


def test_removed_member_gets_none(max_, ada):
    remove_member(by=max_, member=ada.member)
    with pytest.raises(CommandError):
        run("--user", "ada", "--scopes", "read")
