"""Bodies that are not what they should be: each is refused with a problem, and never with a 500."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import RequestFactory

from policystudio.accounts.models import Account
from policystudio.api.parsers import body_bytes
from policystudio.errors import TooLarge
from policystudio.ram.reader import BODY_LIMITS
from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

MALFORMED = {
    "duplicate member": (b'{"text": "{}", "text": "[]"}', "repeated-member"),
    "duplicate after unescaping": (b'{"text": "", "te\\u0078t": ""}', "repeated-member"),
    "not UTF-8": (b'{"text": "\xff"}', "not-utf-8"),
    "UTF-16": ('{"text": ""}'.encode("utf-16"), "not-utf-8"),
    "byte-order mark": (b'\xef\xbb\xbf{"text": ""}', "byte-order-mark"),
    "NUL": (b'{"text": "\\u0000"}', "control-character-in-string"),
    "raw NUL": (b'{"text": "\x00"}', "control-character-in-string"),
    "lone surrogate": (b'{"text": "\\ud800"}', "lone-surrogate"),
    "encoded surrogate": (b'{"text": "\xed\xa0\x80"}', "not-utf-8"),
    "overlong": (b'{"text": "\xc0\xaf"}', "not-utf-8"),
    "NaN": (b'{"text": NaN}', "not-a-json-number"),
    "trailing comma": (b'{"text": "",}', "trailing-comma"),
    "blank": (b" ", "empty-text"),
    "deep": (b'{"document": {"a": ' + b"[" * 2000 + b"]" * 2000 + b"}}", "nested-too-deep"),
    "long number": (b'{"text": ' + b"9" * 5000 + b"}", "number-too-long"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_body_is_refused_with_its_place(name: str, vera: Viewer) -> None:
    raw, code = MALFORMED[name]
    problem = problem_of(Api(vera).send("POST", "/validate/", raw=raw), 400)
    assert [error["code"] for error in problem["errors"]] == [code]
    assert "line 1, column" in problem["errors"][0]["detail"]


@pytest.mark.parametrize("raw", [b'"text"', b"5", b"null", b"true"])
def test_body_must_be_an_object(raw: bytes, vera: Viewer) -> None:
    assert codes_at(Api(vera).send("POST", "/validate/", raw=raw)) == {"": "wrong-type"}
    assert codes_at(Api(vera).send("POST", "/validate/", raw=b"[]")) == {"": "wrong-type"}


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-7",
        "application/json;charset=latin-1",
        'application/json; charset="utf-16"',
        "application/xml",
        "",
    ],
)
def test_other_content_is_415(content_type: str, vera: Viewer) -> None:
    answer = Api(vera).send("POST", "/validate/", raw=b'{"text": "{}"}', Content_Type=content_type)
    problem_of(answer, 415)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=UTF-8",
        "application/vnd.example+json",
        "Application/JSON",
    ],
)
def test_json_in_utf_8_is_read(content_type: str, vera: Viewer) -> None:
    answer = Api(vera).send("POST", "/validate/", raw=b'{"text": "{}"}', Content_Type=content_type)
    assert answer.status_code == 200


def test_text_that_reorders_itself_is_judged_and_not_refused(vera: Viewer) -> None:
    answer = Api(vera).post("/validate/", {"text": '{"Version": "1", "Statement": "\u202e"}'})
    assert body_of(answer)["valid"] is False


def test_body_over_the_limit_is_413(vera: Viewer) -> None:
    raw = b'{"text": "' + b"x" * 10_000_000 + b'"}'
    problem_of(Api(vera).send("POST", "/validate/", raw=raw), 413)


def test_body_without_a_length_is_read_up_to_the_limit() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.taken += size
            return b"x" * size

    stream = Endless()
    chunked: dict[str, Any] = {"wsgi.input": stream, "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    request = RequestFactory().post("/api/v1/validate/", **chunked)
    with pytest.raises(TooLarge):
        body_bytes(request)
    assert stream.taken == BODY_LIMITS.max_bytes + 1


def test_body_without_a_length_is_not_taken_for_empty() -> None:
    chunked: dict[str, Any] = {
        "wsgi.input": io.BytesIO(b'{"a": 1}'),
        "wsgi.input_terminated": True,
        "CONTENT_LENGTH": "",
    }
    assert body_bytes(RequestFactory().post("/api/v1/validate/", **chunked)) == b'{"a": 1}'


def test_needed_body_is_missed(vera: Viewer) -> None:
    assert codes_at(Api(vera).send("POST", "/validate/", raw=b"")) == {"": "required"}


def test_empty_body_counts_as_an_empty_object_where_all_is_optional(ada: Viewer, review: Review) -> None:
    api = Api(ada)
    assert api.send("POST", f"/reviews/{review.pk}/withdraw/", raw=b"", Content_Type="").status_code == 200
    assert codes_at(api.post(f"/reviews/{review.pk}/release/", {"force": True})) == {
        "/force": "unknown-field"
    }


def test_echoed_input_is_cut_and_shown_by_code_point(vera: Viewer) -> None:
    name = "\u202e" + "x" * 5000
    problem = problem_of(Api(vera).post("/validate/", {"text": "", name: 1}), 400)
    assert len(problem["errors"][0]["detail"]) < 500
    assert "\u202e" not in str(problem)
    assert "U+202E" in problem["errors"][0]["detail"]


def test_a_flood_of_problems_is_cut(vera: Viewer) -> None:
    problem = problem_of(Api(vera).post("/validate/", {f"field-{n}": n for n in range(5000)}), 400)
    assert len(problem["errors"]) == 100


def test_more_parameters_than_anybody_needs_are_refused(vera: Viewer) -> None:
    query = "&".join(f"q{number}=1" for number in range(3000))
    problem_of(Api(vera).get(f"/policies/?{query}"), 400)
    problem_of(Api(vera).get(f"/export/1/cn-hangzhou/x/?{query}"), 400)


def test_accept_that_cannot_be_met_is_406(vera: Viewer, development: Account) -> None:
    api = Api(vera)
    problem_of(api.get("/accounts/", Accept="text/html"), 406)
    assert api.get("/accounts/", Accept="text/html, */*;q=0.1").status_code == 200
    assert api.get("/export/?format=zip", Accept="application/zip").status_code == 200
