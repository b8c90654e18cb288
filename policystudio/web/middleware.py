"""Finds out who is looking at a page and answers in that person's language.

Who may do what is decided by the views; the API has its own way to find its viewer.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from policystudio.clients import client_address
from policystudio.errors import NotFound
from policystudio.teams.models import User
from policystudio.teams.selectors import viewer_for_user
from policystudio.teams.viewer import Viewer

TEAM = "team"
# Machines' addresses: no session is loaded for them here.
NOT_PAGES = ("/api/", "/static/", "/healthz", "/readyz")


class ViewerMiddleware:
    """Sets `request.viewer`: the member of the team chosen in the session, or of the first team; None for others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = None  # type: ignore[attr-defined]
        if request.path.startswith(NOT_PAGES) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        request.viewer = viewer_of(request)  # type: ignore[attr-defined]
        with translation.override(language_of(user.language)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            return self.get_response(request)


def viewer_of(request: HttpRequest) -> Viewer | None:
    """Who looks at this page; a team that one was removed from counts as none chosen."""
    address = client_address(request)
    user = cast(User, request.user)
    for slug in dict.fromkeys((request.session.get(TEAM), None)):
        with suppress(NotFound):
            return viewer_for_user(user, slug, address)
    return None


def language_of(choice: str) -> str:
    """The chosen language, or the first one when the choice is no longer offered."""
    return choice if choice in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
