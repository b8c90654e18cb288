from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.teams.services.remove_member import remove_member
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, codes_at, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(ada: Viewer, rui: Viewer, development: Account) -> Policy:
    targets = [(factories.DEVELOPMENT, factories.HANGZHOU), (factories.DEVELOPMENT, factories.SHANGHAI)]
    return factories.make_released(ada, rui, name="App-Read", targets=targets)


def address(region: str = factories.HANGZHOU, name: str = "App-Read") -> str:
    return f"/export/{factories.DEVELOPMENT}/{region}/{name}/"


def streamed(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_export_is_the_released_document_and_nothing_else(vera: Viewer, released: Policy) -> None:
    response = Api(vera, "export").get(address())
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Vary"] == "Authorization, Cookie"
    document = json.loads(response.content)
    assert document["Version"] == "1"
    assert f"acs:kms:cn-hangzhou:{factories.DEVELOPMENT}:" in document["Statement"][0]["Resource"][0]
    assert response.content.endswith(b"}\n")


def test_known_document_is_not_sent_again(vera: Viewer, released: Policy) -> None:
    api = Api(vera, "export")
    tag = api.get(address())["ETag"]
    known = api.get(address(), If_None_Match=f'"other", {tag}')
    assert known.status_code == 304
    assert known.content == b""
    assert known["ETag"] == tag
    assert api.get(address(), If_None_Match='"other"').status_code == 200


def test_permission_is_checked_before_the_etag(vera: Viewer, sam: Viewer, released: Policy) -> None:
    tag = Api(vera).get(address())["ETag"]
    problem_of(Api(vera, "read").get(address(), If_None_Match=tag), 403)
    problem_of(Api(sam).get(address(), If_None_Match=tag), 404)
    unauthorized = Api().get(address(), If_None_Match=tag)
    problem_of(unauthorized, 401)
    assert unauthorized["WWW-Authenticate"].startswith("Bearer")


def test_session_may_export_too(vera: Viewer, released: Policy) -> None:
    client = Client()
    client.force_login(vera.user)
    response = client.get("/api/v1" + address())
    assert response.status_code == 200
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'


def test_wrong_token_is_not_saved_by_a_cookie(vera: Viewer, released: Policy) -> None:
    api = Api(vera)
    api.client.force_login(vera.user)
    for path in (address(), "/policies/"):
        problem_of(api.get(path, Authorization="Bearer ps_wrong"), 401)
        problem_of(api.get(path, Authorization="Bearer "), 401)


def test_removed_member_takes_the_token_along(vera: Viewer, max_: Viewer, released: Policy) -> None:
    api = Api(vera)
    assert api.get(address()).status_code == 200
    remove_member(by=max_, member=vera.member)
    problem_of(api.get(address()), 401)


def test_stored_and_not_released_is_told_from_not_stored(ada: Viewer, released: Policy) -> None:
    factories.make_policy(ada, "draft")
    api = Api(ada)
    assert problem_of(api.get(address(name="draft")), 409)["code"] == "not-released"
    problem_of(api.get(address(name="app-read")), 404)
    problem_of(api.get(address(region=factories.FRANKFURT)), 404)
    problem_of(api.get("/export/1/cn-hangzhou/none/"), 404)


def test_export_answers_other_methods_and_parameters_like_any_endpoint(
    vera: Viewer, released: Policy
) -> None:
    api = Api(vera)
    head = api.send("HEAD", address())
    assert head.status_code == 200
    assert head.content == b""
    assert problem_of(api.post(address()), 405)["code"] == "method-not-allowed"
    assert codes_at(api.get(address() + "?colour=red")) == {"/colour": "unknown-parameter"}


def test_export_by_token_takes_two_queries(
    vera: Viewer, released: Policy, django_assert_num_queries: Any
) -> None:
    api = Api(vera)
    with django_assert_num_queries(2):
        assert api.get(address()).status_code == 200


def test_altered_document_is_not_handed_out(vera: Viewer, released: Policy, unprotected: Any) -> None:
    unprotected.execute("UPDATE review_releaseddocument SET text = replace(text, 'Encrypt', 'Decrypt')")
    assert problem_of(Api(vera).get(address()), 500)["code"] == "integrity-broken"


def test_all_released_documents_in_each_format(vera: Viewer, released: Policy) -> None:
    api = Api(vera)
    single = api.get(address()).content.decode()
    response = api.get("/export/")
    assert response["Content-Type"] == "application/json"
    entries = json.loads(streamed(response))
    assert [entry["region"] for entry in entries] == ["cn-hangzhou", "cn-shanghai"]
    assert entries[0]["document"] == single
    assert set(entries[0]) == {"account", "region", "name", "ram_name", "revision", "sha256", "document"}
    lines = streamed(api.get("/export/?format=ndjson")).decode().splitlines()
    assert [json.loads(line) for line in lines] == entries
    packed = api.get("/export/?format=zip")
    assert packed["Content-Type"] == "application/zip"
    assert packed["Content-Disposition"] == 'attachment; filename="policies.zip"'
    with zipfile.ZipFile(io.BytesIO(streamed(packed))) as archive:
        assert archive.namelist() == [
            f"{factories.DEVELOPMENT}/cn-{city}/App-Read.json" for city in ("hangzhou", "shanghai")
        ]
        assert archive.read(archive.namelist()[0]).decode() == single


def test_export_of_many_is_narrowed(vera: Viewer, sam: Viewer, released: Policy) -> None:
    api = Api(vera)
    assert len(json.loads(streamed(api.get("/export/?region=cn-shanghai")))) == 1
    assert json.loads(streamed(api.get("/export/?account=1"))) == []
    assert json.loads(streamed(Api(sam).get("/export/"))) == []


def test_unknown_format_names_the_known_ones(vera: Viewer) -> None:
    problem = problem_of(Api(vera).get("/export/?format=xml"), 400)
    assert "json, ndjson" in problem["errors"][0]["detail"]
