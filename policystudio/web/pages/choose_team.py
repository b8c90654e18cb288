"""Asks which team to look at, and remembers the answer for the session."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme

from policystudio.access import LOGGED_IN
from policystudio.session_team import KEY, choose_team
from policystudio.teams.models import User
from policystudio.teams.selectors import teams_of
from policystudio.web.page import Page, PageView


class ChooseTeam(PageView):
    """The person's teams, and looking at another one from now on; a team of others is not found."""

    access = {"GET": LOGGED_IN, "POST": LOGGED_IN}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The teams; the session's own is missing from them when one was removed from it."""
        teams = list(teams_of(cast(User, request.user)))
        chosen = request.session.get(KEY)
        context = {
            "teams": teams,
            "lost": chosen if chosen and chosen not in {team.slug for team in teams} else "",
            "next": way_on(request, request.GET.get("next", "/")),
        }
        return self.page("choose_team/choose_team.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Remember the choice in the session. What was open belongs to the other team, so the way leads home."""
        choose_team(request, request.POST.get("team", ""))
        return self.go(way_on(request, request.POST.get("next", "/")))


def way_on(request: HttpRequest, wanted: str) -> str:
    """Where to go; `next` counts only when it stays on this site."""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "/"


PAGE = Page(urls=(path("team/", ChooseTeam.as_view(), name="choose_team"),))
