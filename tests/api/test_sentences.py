"""Sentences over the API: read back with their places, refused with choices, completed, and bad input kindly."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of, codes_at

pytestmark = pytest.mark.django_db

SENTENCE = "Allows decrypting with every key in the target's region and account."
CHINESE = "允许对目标地域、目标账号的所有密钥执行以下操作：解密。"


def asked(viewer: Viewer, **body: Any) -> Any:
    return body_of(Api(viewer).post("/sentences/", body))


def test_a_sentence_becomes_its_document(vera: Viewer) -> None:
    for text, language in ((SENTENCE, "en"), (CHINESE, "zh-hans")):
        found = asked(vera, text=text, language=language)
        assert found["problems"] == []
        assert json.loads(found["source"])["Statement"] == [
            {
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "acs:kms:${region}:${account}:key/*",
            }
        ]
        assert json.loads(found["statements"][0]["text"])["Action"] == "kms:Decrypt"
        assert found["statements"][0]["sentence"] == text


def test_what_explain_says_is_read_back(vera: Viewer) -> None:
    source = asked(vera, text=SENTENCE)["source"]
    said = body_of(Api(vera).post("/explain/", {"text": source}))["summary"]
    assert asked(vera, text=said)["source"] == source


def test_a_problem_has_its_place_and_choices_that_cure_it(vera: Viewer) -> None:
    text = f"{SENTENCE}\n{SENTENCE.replace('every key', 'every kye')}"
    found = asked(vera, text=text)
    (problem,) = found["problems"]
    assert found["source"] is None
    assert (problem["code"], problem["line"], problem["column"]) == ("expected", 2, 30)
    choice = problem["choices"][0]
    cured = text[: choice["start"]] + choice["text"] + text[choice["end"] :]
    assert asked(vera, text=cured)["source"] is not None


def test_completions_stand_at_the_cursor(vera: Viewer) -> None:
    text = "Allows decr with"
    found = body_of(Api(vera).post("/sentences/completions/", {"text": text, "cursor": 11}))["completions"]
    assert {"text": "decrypting", "start": 7, "end": 11, "about": "kms:Decrypt"} in found


@pytest.mark.parametrize(
    ("path", "body", "pointer", "code"),
    [
        ("/sentences/", {}, "/text", "required"),
        ("/sentences/", {"text": 5}, "/text", "wrong-type"),
        ("/sentences/", {"text": "a", "language": "fr"}, "/language", "unknown-choice"),
        ("/sentences/", {"text": "a" * 262_145}, "/text", "too-long"),
        ("/sentences/completions/", {"text": "a", "cursor": 2}, "/cursor", "out-of-range"),
        ("/sentences/completions/", {"text": "a", "cursor": -1}, "/cursor", "out-of-range"),
    ],
)
def test_bad_input_is_refused_at_its_place(
    vera: Viewer, path: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    answer = Api(vera).post(path, body)
    assert answer.status_code in (400, 422)
    assert codes_at(answer).get(pointer) == code
