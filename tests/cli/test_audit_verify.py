"""The command walks every team's trail and fails when one is not in order."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policystudio.audit.selectors import head
from tests.factories import make_policy


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("audit_verify", *arguments, stdout=out)
    return out.getvalue()


def test_trails_in_order_are_told_with_their_heads(ada, sam, policy, team):
    said = run()
    assert [line.split(",")[0] for line in said.splitlines()] == ["payments: in order", "strangers: in order"]
    top = head(team.pk)
    assert f"head {top.sequence}:{top.hash}" in said
    assert (
        run("--team", "payments", "--head", f"{top.sequence}:{top.hash}") == said.splitlines(keepends=True)[0]
    )


def test_altered_revision_is_told(ada, sam, policy, unprotected):
    unprotected.execute("UPDATE policies_revision SET source = '{}'")
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("audit_verify", stdout=out)
    assert error.value.returncode == 1
    assert "payments: NOT IN ORDER" in out.getvalue()
    assert "first fault: event " in out.getvalue()
    assert "strangers: in order" in out.getvalue()


def test_head_that_the_trail_does_not_reach_is_told(ada, team, policy):
    top = head(team.pk)
    with pytest.raises(CommandError):
        run("--team", "payments", "--head", f"{top.sequence + 1}:{top.hash}")
    make_policy(ada, "one-more")
    with pytest.raises(CommandError):
        run("--team", "payments", "--head", f"{top.sequence + 1}:{top.hash}")
    run("--team", "payments", "--head", f"{top.sequence}:{top.hash}")


@pytest.mark.parametrize(
    "arguments", [("--team", "nobody"), ("--head", "1:" + "0" * 64), ("--team", "payments", "--head", "x")]
)
def test_what_is_wrong_with_the_arguments_is_said(team, arguments):
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 2
