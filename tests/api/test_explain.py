"""Explaining over the API: sentences with their places, the matrix, and bad input refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of, codes_at

pytestmark = pytest.mark.django_db

DOCUMENT: dict[str, Any] = {
    "Version": "1",
    "Statement": [
        {"Effect": "Allow", "Action": "kms:GetSecretValue", "Resource": "acs:kms:*:*:secret/app"},
        {
            "Effect": "Deny",
            "Action": ["kms:GetSecretValue"],
            "Resource": "*",
            "Condition": {"Bool": {"acs:MFAPresent": "false"}},
        },
    ],
}


def explained(viewer: Viewer, **body: Any) -> Any:
    return body_of(Api(viewer).post("/explain/", body))


def test_a_document_is_explained_denials_first(vera: Viewer) -> None:
    found = explained(vera, document=DOCUMENT)
    assert [line.split()[0] for line in found["summary"].split("\n")] == ["Never", "Allows", "Everything"]
    assert [each["path"] for each in found["sentences"]] == ["/Statement/0", "/Statement/1"]


def test_the_parts_of_a_sentence_make_it_up_and_point_into_the_document(vera: Viewer) -> None:
    for sentence in explained(vera, text=json.dumps(DOCUMENT))["sentences"]:
        assert "".join(part["text"] for part in sentence["parts"]) == sentence["text"]
        for part in sentence["parts"]:
            value: Any = DOCUMENT
            for name in part["path"].replace("~1", "/").split("/")[1:]:
                if "acs:" not in name and not isinstance(value, str):
                    value = value[int(name)] if isinstance(value, list) else value.get(name, {})


def test_sentences_come_in_chinese_when_asked_for(vera: Viewer) -> None:
    found = explained(vera, document=DOCUMENT, language="zh-hans")
    assert found["summary"].startswith("绝不允许对")
    assert found["unexpected"][0]["text"].startswith("不允许对密钥执行 `kms:Decrypt`")


def test_what_one_might_miss_has_its_statement_and_its_source(vera: Viewer) -> None:
    line = explained(vera, document=DOCUMENT)["unexpected"][0]
    assert (line["code"], line["path"], line["needed"]) == (
        "needs-other-action",
        "/Statement/0",
        "kms:Decrypt",
    )
    assert line["sources"]


def test_the_matrix_tells_states_and_statements(vera: Viewer) -> None:
    entries = {(e["action"], e["resource_type"]): e for e in explained(vera, document=DOCUMENT)["matrix"]}
    asked = entries["kms:GetSecretValue", "secret"]
    assert (asked["state"], asked["paths"]) == ("conditional", ["/Statement/0", "/Statement/1"])
    assert entries["kms:Decrypt", "key"]["state"] == "not_mentioned"


def test_what_cannot_be_told_is_explained_as_such(vera: Viewer) -> None:
    odd = {
        "ForAllValues:StringEquals": {"acs:Service": ["a"]},
        "DateLessThan": {"acs:CurrentTime": "tomorrow"},
    }
    document = {**DOCUMENT, "Statement": [{**DOCUMENT["Statement"][0], "Condition": odd}]}
    assert explained(vera, document=document)["summary"].count("it may or may not hold") == 2


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"text": "{}", "document": {}}, ""),
        ({"text": "{"}, "/text"),
        ({"document": {"Version": "1"}}, "/document"),
        (
            {"document": {"Version": "1", "Statement": [{**DOCUMENT["Statement"][0], "Effect": "allow"}]}},
            "/document/Statement/0/Effect",
        ),
        ({"text": "{}", "language": "fr"}, "/language"),
        ({"text": 1}, "/text"),
        ({"text": "{}", "more": 1}, "/more"),
    ],
)
def test_bad_input_is_refused_with_its_place(body: Any, pointer: str, vera: Viewer) -> None:
    assert pointer in codes_at(Api(vera).post("/explain/", body))


def test_all_that_is_allowed_is_told_line_by_line_with_conditions_and_statements(vera: Viewer) -> None:
    key = "acs:kms:*:*:key/*"
    allow = {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:Encrypt"], "Resource": [key]}
    deny = {
        "Effect": "Deny",
        "Action": ["kms:Encrypt"],
        "Resource": ["*"],
        "Condition": {"StringEquals": {"kms:tag/stage": ["live"]}},
    }
    told = explained(vera, document={"Version": "1", "Statement": [allow, deny]})["allows"]
    assert (told["complete"], told["reason"]) == (True, None)
    lines = {tuple(line["known_actions"]): line for line in told["lines"]}
    assert lines[("kms:Decrypt",)]["conditions"] == []
    assert [limit["key"] for limit in lines[("kms:Encrypt",)]["conditions"]] == ["kms:tag/stage"]
    for line in told["lines"]:
        assert line["resources"]["any_of"] == [key]
        assert [cause["path"] for cause in line["causes"]] == ["/Statement/0"]
