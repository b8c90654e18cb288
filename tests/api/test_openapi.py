from __future__ import annotations

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from policystudio.api import openapi
from tests.api.client import Api, body_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return openapi.document()


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]


def test_description_is_valid_openapi(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_description_is_open_and_names_no_server(described: dict[str, Any]) -> None:
    answer = Api().get("/api/schema/")
    assert answer.status_code == 200
    assert body_of(answer) == described
    assert "servers" not in described
    assert b"testserver" not in answer.content


def test_operations_have_names_of_their_own(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(names) == len(set(names))


def test_every_error_is_a_problem(described: dict[str, Any]) -> None:
    for path, method, operation in operations(described):
        errors = {status for status in operation["responses"] if status >= "400"}
        assert {"400", "406", "429", "500", "503"} <= errors, (path, method)
        if operation["security"]:
            assert {"401", "403"} <= errors, (path, method)
        if "requestBody" in operation:
            assert {"413", "415"} <= errors, (path, method)
        for status in errors:
            name = operation["responses"][status]["$ref"].rpartition("/")[2]
            assert "application/problem+json" in described["components"]["responses"][name]["content"]


def test_creations_answer_201_with_their_address(described: dict[str, Any]) -> None:
    created = {path for path, _, operation in operations(described) if "201" in operation["responses"]}
    for collection in ("policies/", "accounts/", "tokens/", "reviews/{review_id}/comments/"):
        assert f"/api/v1/{collection}" in created
    for _, _, operation in operations(described):
        if "201" in operation["responses"]:
            assert "Location" in operation["responses"]["201"]["headers"]


def test_docs_page_shows_the_description_from_our_own_origin() -> None:
    answer = Api().get("/api/docs/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'data-schema="/api/schema/"' in page
    assert "http" not in page.replace("https://", "http").partition("<body>")[0]
    assert "<script>" not in page
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
