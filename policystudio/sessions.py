"""Ends a browser's session after a time without use, and after a time since log-in whatever happens.

Who may log in, and the cookie itself, are Django's business.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

STARTED = "session_started_at"
SEEN = "session_seen_at"
# A session is written at most this often for being used: a write for each page would be a wait for each page.
RESOLUTION_SECONDS = 60


class SessionLimits:
    """Middleware, after authentication: a session past a limit is deleted, and its visitor anonymous."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Without the cookie there is nothing to end, and asking for the user would touch the session for nothing.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._apply(request, int(time.time()))
        return self.get_response(request)

    def _apply(self, request: HttpRequest, now: int) -> None:
        session = request.session
        started = session.get(STARTED)
        seen = session.get(SEEN)
        if started is None or seen is None:
            session[STARTED] = session[SEEN] = now
        elif now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
            logout(request)
        elif now - seen >= RESOLUTION_SECONDS:
            session[SEEN] = now
