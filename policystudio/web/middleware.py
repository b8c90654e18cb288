"""Finds out who is looking at a page and answers in that person's language.

Who may do what is decided by the views; the API has its own way to find its viewer.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from policystudio.session_team import TeamNotChosen, session_viewer

# Machines' addresses: no session is loaded for them here.
NOT_PAGES = ("/api/", "/static/", "/healthz", "/readyz")


class ViewerMiddleware:
    """Sets `request.viewer`: the member of the session's team, or None; then `request.no_team` says why not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = None  # type: ignore[attr-defined]
        if request.path.startswith(NOT_PAGES) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        try:
            request.viewer = session_viewer(request)  # type: ignore[attr-defined]
        except TeamNotChosen as refusal:
            request.no_team = refusal  # type: ignore[attr-defined]
        with translation.override(language_of(user.language)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            return self.get_response(request)


def language_of(choice: str) -> str:
    """The chosen language, or the first one when the choice is no longer offered."""
    return choice if choice in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
