"""Writing shorter and splitting over the API: the answer, its proof, and bad input refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at

pytestmark = pytest.mark.django_db

WIDE, NARROW = ({"Effect": "Allow", "Action": action, "Resource": "*"} for action in ("kms:*", "kms:Decrypt"))
TARGET = {"account": factories.DEVELOPMENT, "region": factories.HANGZHOU}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "1", "Statement": list(statements)}


def long(count: int, place: str = "*:*") -> dict[str, Any]:
    resources = [f"acs:kms:{place}:key/{at:020}" for at in range(count)]
    return document({"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": resources})


class TestMinimise:
    def test_what_is_left_out_is_told_with_its_place_and_the_proof(self, vera: Viewer) -> None:
        found = body_of(Api(vera, "read").post("/minimise/", {"document": document(WIDE, NARROW)}))
        assert json.loads(found["text"]) == document(WIDE)
        (step,) = found["steps"]
        assert (step["kind"], step["path"], step["why"], step["blame"]) == (
            "statement",
            "/Statement/1",
            "shadowed",
            0,
        )
        assert step["text"] == "statement 2: statement 1 says all of it"
        assert (found["proof"]["holds"], found["proof"]["scope"], found["complete"]) == (
            True,
            "everywhere",
            True,
        )
        assert found["bytes_after"] < found["bytes_before"]

    def test_the_result_sent_again_stays_as_it_is(self, vera: Viewer) -> None:
        once = body_of(Api(vera).post("/minimise/", {"document": json.dumps(document(WIDE, NARROW))}))
        again = body_of(Api(vera).post("/minimise/", {"document": once["text"]}))
        assert (again["text"], again["steps"]) == (once["text"], [])

    def test_an_idle_deny_goes_only_from_a_document_that_stands_alone(self, vera: Viewer) -> None:
        idle = document(NARROW, {**NARROW, "Effect": "Deny", "Action": "kms:Encrypt"})
        assert not body_of(Api(vera).post("/minimise/", {"document": idle}))["steps"]
        found = body_of(Api(vera).post("/minimise/", {"document": idle, "alone": True}))
        assert json.loads(found["text"]) == document(NARROW)
        assert found["proof"]["denies_less"] is None

    def test_texts_come_in_chinese_when_asked_for(self, vera: Viewer) -> None:
        body = {"document": document(WIDE, NARROW), "language": "zh-hans"}
        assert body_of(Api(vera).post("/minimise/", body))["steps"][0]["text"].startswith("语句 2：")

    def test_bad_input_is_refused_at_its_place(self, vera: Viewer) -> None:
        api = Api(vera, "read")
        assert codes_at(api.post("/minimise/", {})) == {"/document": "required"}
        assert set(codes_at(api.post("/minimise/", {"document": "{"}))) == {"/document"}
        assert set(codes_at(api.post("/minimise/", {"document": document({**WIDE, "Effect": "x"})}))) == {
            "/document/Statement/0/Effect"
        }
        wrong = {"document": document(WIDE), "targets": [{"account": "x", "region": "y"}], "alone": 1}
        assert set(codes_at(api.post("/minimise/", wrong))) == {"/targets/0/account", "/alone"}

    def test_a_text_that_is_too_long_is_refused(self, vera: Viewer) -> None:
        text = json.dumps(long(9_000))
        assert len(text) > 300 * 1024
        assert codes_at(Api(vera).post("/minimise/", {"document": text})) == {"/document": "text-too-large"}


class TestSplit:
    def test_a_long_document_becomes_parts_that_mean_the_same(self, vera: Viewer) -> None:
        found = body_of(Api(vera, "read").post("/split/", {"document": long(300), "name": "mine"}))
        assert [part["name"] for part in found["parts"]] == ["mine-1", "mine-2"]
        assert all(part["bytes"] <= 6144 for part in found["parts"])
        assert (found["proof"]["holds"], found["cut"], found["too_many"]) == (True, [0], False)
        statements = [json.loads(part["text"])["Statement"][0] for part in found["parts"]]
        assert [entry for each in statements for entry in each["Resource"]] == long(300)["Statement"][0][
            "Resource"
        ]

    def test_sizes_are_counted_for_the_targets(self, vera: Viewer) -> None:
        document = long(90, "${region}:${account}")
        (whole,) = body_of(Api(vera).post("/split/", {"document": document}))["parts"]
        sent = {"document": document, "targets": [TARGET], "max_bytes": whole["bytes"]}
        found = body_of(Api(vera).post("/split/", sent))
        assert len(found["parts"]) == 2

    def test_what_fits_is_one_part(self, vera: Viewer) -> None:
        found = body_of(Api(vera).post("/split/", {"document": document(WIDE)}))
        assert [part["name"] for part in found["parts"]] == ["policy"]
        assert found["proof"] is None

    def test_what_cannot_be_cut_is_named(self, vera: Viewer) -> None:
        huge = document({**WIDE, "Resource": "acs:kms:*:*:key/" + "x" * 7_000})
        found = body_of(Api(vera).post("/split/", {"document": huge}))
        assert (found["parts"], found["too_long"]) == ([], ["/Statement/0"])

    def test_bad_input_is_refused_at_its_place(self, vera: Viewer) -> None:
        wrong = {"document": document(WIDE), "name": "a b", "max_bytes": 7_000}
        assert set(codes_at(Api(vera).post("/split/", wrong))) == {"/name", "/max_bytes"}
