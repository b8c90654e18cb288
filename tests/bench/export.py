"""One export by token, against a bare Django view that looks the token up and sends stored bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from policystudio.review.models import Current
from policystudio.teams.models import ApiToken
from policystudio.teams.services.create_token import create_token
from policystudio.teams.viewer import Viewer
from tests.bench.measure import Row, cpu_seconds, micro
from tests.bench.stored import member, release_documents

USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


def bare(request: HttpRequest, account: str, region: str, name: str) -> HttpResponse:
    """What every export needs at least: a token looked up, and stored bytes sent."""
    plain = request.headers["Authorization"].removeprefix("Bearer ")
    token = ApiToken.objects.select_related("member__team", "member__user").get(
        sha256=hashlib.sha256(plain.encode()).hexdigest()
    )
    text = Current.objects.values_list("document__text", flat=True).get(
        team_id=token.member.team_id, account=account, region=region, name=name
    )
    return HttpResponse(text, content_type="application/json")


urlpatterns = [path("bare/<str:account>/<str:region>/<str:name>/", bare)]


def rows() -> Iterator[Row]:
    owner = member()
    release_documents(1000)
    stored = Current.objects.filter(team=owner.team).order_by("pk").last()
    assert stored is not None  # just made
    _, token = create_token(by=Viewer(member=owner), name="bench", scopes=["export"], days=1)
    where = f"{stored.account}/{stored.region}/{stored.name}/"
    with override_settings(MIDDLEWARE=USUAL, ROOT_URLCONF=__name__):
        floor = cpu_seconds(_call(f"/bare/{where}", token), repeat=300)
    ours = cpu_seconds(_call(f"/api/v1/export/{where}", token), repeat=300)
    yield Row(
        "one export by token, CPU", micro(ours), f"bare view {micro(floor)}", f"{ours / floor:.2f}", "≤ 1.3"
    )


def _call(address: str, token: str) -> Callable[[], None]:
    """A request through the whole WSGI stack of the settings in force now."""
    handler = WSGIHandler()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": settings.ALLOWED_HOSTS[0],
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.errors": io.StringIO(),
    }

    def request() -> None:
        statuses: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], info: Any = None) -> Any:
            statuses.append(status)

        answer = handler({**environ, "wsgi.input": io.BytesIO()}, start)
        body = b"".join(answer)
        answer.close()
        assert statuses == ["200 OK"], body

    request()
    return request
