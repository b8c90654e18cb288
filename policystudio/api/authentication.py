"""Finds out who sends a request to the API: a bearer token, or the session of a browser with its CSRF token.

A request with a bearer token ignores cookies. What the person may do is asked per endpoint.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from policystudio.clients import client_address
from policystudio.session_team import session_viewer
from policystudio.teams.models import User
from policystudio.teams.selectors import viewer_for_token
from policystudio.teams.viewer import Viewer

SCHEME = "bearer"
WRONG_TOKEN = "this token is unknown, expired or revoked"  # noqa: S105  (a sentence, not a secret)


def bearer_text(request: HttpRequest) -> str | None:
    """The token that the request carries, "" for a malformed one, or None when it carries none."""
    scheme, _, text = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return text if scheme.lower() == SCHEME else None


class BearerAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer <token>`."""

    def authenticate(self, request: Request) -> tuple[SimpleLazyObject[User], Viewer] | None:
        """The owner of the token, and the viewer that they are with it. Raises: AuthenticationFailed."""
        text = bearer_text(request._request)
        if text is None:
            return None
        viewer = viewer_for_token(text, client_address(request._request))
        if viewer is None:
            raise exceptions.AuthenticationFailed(WRONG_TOKEN)
        # Most requests never ask for the person's name, which would be a query.
        return SimpleLazyObject(lambda: viewer.user), viewer

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Policy Studio"'


class SessionAuthentication(authentication.SessionAuthentication):
    """The log-in of a browser; every unsafe method needs `X-CSRFToken`."""

    def authenticate(self, request: Request) -> tuple[User, Viewer] | None:
        """The person logged in, as a member of the team that the session was given.

        Raises: PermissionDenied without the CSRF token; TeamNotChosen.
        """
        plain = request._request
        user = getattr(plain, "user", None)
        if user is None or not user.is_authenticated or not user.is_active:
            return None
        self.enforce_csrf(request)
        return user, session_viewer(plain)

    def enforce_csrf(self, request: Request) -> None:
        """Raises: PermissionDenied."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied:
            detail = "the CSRF token is missing or wrong; send it in X-CSRFToken, or use a bearer token"
            raise exceptions.PermissionDenied(detail, code="csrf") from None
