"""A client that speaks to the API as a program does: JSON in and out, with a token."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Scope
from policystudio.teams.viewer import Viewer

PROBLEM = "application/problem+json"
BASE = "/api/v1"


def make_token(viewer: Viewer, *scopes: str, days: int = 1) -> str:
    """The text of a token with exactly these scopes, all of them if none is named, whatever the owner's role."""
    text = "ps_" + secrets.token_urlsafe(32)
    now = timezone.now()
    ApiToken.objects.create(
        member=viewer.member,
        name="test",
        prefix=text[:9],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        scopes=list(scopes or map(str, Scope)),
        created_at=now - timedelta(days=10),
        expires_at=now + timedelta(days=days),
        # Used just now, so that noting the use costs no query in the tests that count them.
        last_used_at=now,
    )
    return text


class Api:
    """One person's or program's way into the API; addresses are relative to version 1."""

    def __init__(self, viewer: Viewer | None = None, *scopes: str) -> None:
        self.token = None if viewer is None else make_token(viewer, *scopes)
        self.client = Client(raise_request_exception=True)

    def send(
        self, method: str, address: str, body: Any = None, *, raw: bytes | None = None, **headers: Any
    ) -> HttpResponse:
        """`headers` by name with underscores; `raw` is sent as it is."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            given.setdefault("Authorization", f"Bearer {self.token}")
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        content_type = given.pop("Content-Type", "application/json")
        path = address if address.startswith(("/api/", "http")) else BASE + address
        response = self.client.generic(method, path, data, content_type=content_type, headers=given)
        return response  # type: ignore[return-value]

    def get(self, address: str, **headers: Any) -> HttpResponse:
        return self.send("GET", address, **headers)

    def post(self, address: str, body: Any = None, **headers: Any) -> HttpResponse:
        return self.send("POST", address, body, **headers)

    def patch(self, address: str, body: Any = None, **headers: Any) -> HttpResponse:
        return self.send("PATCH", address, body, **headers)

    def put(self, address: str, body: Any = None, **headers: Any) -> HttpResponse:
        return self.send("PUT", address, body, **headers)

    def delete(self, address: str, **headers: Any) -> HttpResponse:
        return self.send("DELETE", address, **headers)


def body_of(response: Any) -> Any:
    return json.loads(response.content)


def problem_of(response: Any, status: int) -> dict[str, Any]:
    """The problem, after checking that it is a whole one."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == PROBLEM
    problem: dict[str, Any] = json.loads(response.content)
    assert problem["status"] == status
    assert problem["type"]
    assert problem["title"]
    assert problem["detail"]
    return problem


def codes_at(response: Any, status: int = 400) -> dict[str, str]:
    """Pointer → code of the problem's errors."""
    return {error["pointer"]: error["code"] for error in problem_of(response, status).get("errors", [])}
