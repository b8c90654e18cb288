"""Decides which team a browser's session speaks for: the one chosen, and never another one in its place.

Both shells ask here. How the person is asked to choose is the pages' business, and what they may do in the team is
decided by `teams.permissions`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from policystudio.clients import client_address
from policystudio.errors import NotAllowed, NotFound
from policystudio.teams.models import User
from policystudio.teams.selectors import teams_of, viewer_for_user
from policystudio.teams.viewer import Viewer

KEY = "team"
"""What the session keeps the team's slug under."""


class TeamNotChosen(NotAllowed):
    """The session speaks for no team, or for one that its owner has left; `has_teams`: there is a choice."""

    code = "team-not-chosen"
    title = "No team is chosen"

    def __init__(self, message: str, *, has_teams: bool) -> None:
        super().__init__(message, advice="choose a team at /team/" if has_teams else "ask an admin of a team")
        self.has_teams = has_teams


def session_viewer(request: HttpRequest) -> Viewer:
    """The person logged in, as a member of the team that the session was given.

    Decision: a session gets its team at log-in, or at the first request after its owner came into their only team; with
    several it has none until one is chosen, and losing the team does not move it into another. Otherwise what somebody
    writes could land in a team that took them in a moment ago. Raises: TeamNotChosen.
    """
    user = request.user
    assert isinstance(user, User)  # AUTH_USER_MODEL, and only asked about somebody who is logged in
    slug = request.session.get(KEY) or _give_only_team(request, user)
    if slug is None:
        has_teams = teams_of(user).exists()
        message = "choose one of your teams first" if has_teams else "you are not a member of any team"
        raise TeamNotChosen(message, has_teams=has_teams)
    try:
        return viewer_for_user(user, slug, client_address(request))
    except NotFound:
        message = f"you are no longer a member of the team {slug}; nothing was done in another one"
        raise TeamNotChosen(message, has_teams=teams_of(user).exists()) from None


def choose_team(request: HttpRequest, slug: str) -> None:
    """Let the session speak for the team from now on. Raises: NotFound unless the person belongs to it."""
    user = request.user
    assert isinstance(user, User)
    if not slug:
        raise NotFound("no team was named")
    viewer_for_user(user, slug)
    request.session[KEY] = slug


@receiver(user_logged_in)
def give_team_at_log_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Ties the new session to the only team of its owner, so that one who adds them later cannot draw it away."""
    request.session.pop(KEY, None)
    _give_only_team(request, user)


def _give_only_team(request: HttpRequest, user: User) -> str | None:
    slugs = list(teams_of(user).values_list("slug", flat=True)[:2])
    if len(slugs) != 1:
        return None
    request.session[KEY] = slugs[0]
    return str(slugs[0])
