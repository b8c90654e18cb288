from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from policystudio.api import throttling
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints import export, policies
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, problem_of

pytestmark = pytest.mark.django_db


def fails_with(error: Exception) -> Any:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise error

    return fail


@pytest.fixture
def api(ada: Viewer) -> Api:
    quiet = Api(ada)
    quiet.client = Client(raise_request_exception=False)
    return quiet


@pytest.mark.parametrize("address", ["/policies/", "/export/1/cn-hangzhou/x/"])
def test_bug_is_500_without_a_traceback(api: Api, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bug = fails_with(RuntimeError("secret at /srv/code.py"))
    monkeypatch.setattr(policies, "policies", bug)
    monkeypatch.setattr(export, "export_one", bug)
    answer = api.get(address)
    problem_of(answer, 500)
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content


def test_bug_is_not_swallowed(ada: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "policies", fails_with(RuntimeError("seen by the tests")))
    with pytest.raises(RuntimeError, match="seen by the tests"):
        Api(ada).get("/policies/")


@pytest.mark.parametrize("address", ["/policies/", "/export/1/cn-hangzhou/x/"])
def test_database_that_is_gone_is_503(api: Api, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = fails_with(OperationalError("connection to server at 10.0.0.1 failed"))
    monkeypatch.setattr(policies, "policies", gone)
    monkeypatch.setattr(export, "export_one", gone)
    answer = api.get(address)
    problem_of(answer, 503)
    assert int(answer["Retry-After"]) > 0
    assert b"10.0.0.1" not in answer.content


@pytest.mark.parametrize("address", ["/policies/", "/export/1/cn-hangzhou/x/", "/nothing/"])
def test_wrong_host_is_a_problem_too(api: Api, address: str) -> None:
    problem_of(api.get(address, Host="evil.example"), 400)


@override_settings(API_REQUESTS_PER_SECOND=0.5, API_BURST=2)
def test_too_many_requests_are_told_how_long_to_wait(ada: Viewer, vera: Viewer) -> None:
    api = Api(ada)
    assert [api.get("/me/").status_code for _ in range(3)] == [200, 200, 429]
    refused = api.get("/me/")
    problem_of(refused, 429)
    assert 1 <= int(refused["Retry-After"]) <= 2
    assert Api(ada).get("/me/").status_code == 429, "a second token is no second share"
    assert Api(vera).get("/me/").status_code == 200


@pytest.mark.parametrize("address", ["/zzz/", "/api/docs/zzz/"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "FOO"])
def test_unknown_address_is_404_for_every_method(api: Api, method: str, address: str) -> None:
    api.client = Client(enforce_csrf_checks=True)
    problem_of(api.send(method, address), 404)


def test_description_page_answers_a_method_that_it_lacks_with_405(api: Api) -> None:
    api.client = Client(enforce_csrf_checks=True)
    assert api.send("PUT", "/api/docs/").status_code == 405


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("bug"), 500), (OperationalError("gone"), 503)])
def test_bulk_export_that_fails_at_once_is_a_problem(
    api: Api, error: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(*args: Any) -> Iterator[str]:
        yield from ()
        raise error

    monkeypatch.setattr(export, "export_rows", rows)
    for form in ("json", "ndjson", "zip"):
        problem_of(api.get(f"/export/?format={form}"), status)


def test_bucket_fills_again_with_time() -> None:
    buckets = throttling.Buckets()

    def take(now: float) -> float:
        return buckets.take(1, 1, rate=2, burst=1, now=now)

    assert take(0) == 0
    assert take(0) == 0.5
    assert take(0.5) == 0
    assert take(100) == 0
    assert take(100) == 0.5


def test_buckets_are_forgotten_rather_than_hoarded() -> None:
    buckets = throttling.Buckets()
    for number in range(throttling.MAX_BUCKETS + 5):
        buckets.take(number, 1, rate=1, burst=1, now=0)
    assert len(buckets._buckets) == throttling.MAX_BUCKETS


def test_endpoint_without_declaration_is_refused_when_it_is_loaded() -> None:
    with pytest.raises(Exception, match="must declare access"):
        type("Forgotten", (Endpoint,), {"get": lambda self, request: None})
