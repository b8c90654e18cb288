"""What the API says about builders, rules, the catalogue and documents, where nothing is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent.parent / "samples"


def every(api: Api, address: str) -> list[Any]:
    return list(body_of(api.get(f"{address}?limit=200"))["results"])


def test_builders_tell_schema_and_defaults(vera: Viewer) -> None:
    api = Api(vera)
    builders = every(api, "/builders/")
    assert len(builders) == 11
    for builder in builders:
        Draft202012Validator.check_schema(builder["schema"])
        Draft202012Validator(builder["schema"]).validate(builder["defaults"])
        assert builder["title"]
        assert body_of(api.get(f"/builders/{builder['slug']}/")) == builder
    problem_of(api.get("/builders/no-such/"), 404)


def test_default_parameters_render_the_sample(vera: Viewer) -> None:
    api = Api(vera)
    for builder in every(api, "/builders/"):
        rendered = body_of(
            api.post(f"/builders/{builder['slug']}/render/", {"parameters": builder["defaults"]})
        )
        sample = json.loads((SAMPLES / f"{builder['slug']}.json").read_text())
        assert json.loads(rendered["source"]) == sample
        assert rendered["document"] is None


def test_render_for_a_target_leaves_no_placeholder(vera: Viewer) -> None:
    api, place = Api(vera), {"account": factories.PRODUCTION, "region": "cn-shanghai"}
    rendered = body_of(api.post("/builders/key-read-only/render/", {"parameters": {}, **place}))
    assert "${" in rendered["source"]
    assert "${" not in rendered["document"]
    assert f"acs:kms:cn-shanghai:{factories.PRODUCTION}:" in rendered["document"]


def test_render_points_at_faults(vera: Viewer) -> None:
    api = Api(vera)
    answer = api.post("/builders/crypto-user/render/", {"parameters": {"keys": ["a:b"], "colour": 1}})
    assert set(codes_at(answer)) == {"/parameters/keys/0", "/parameters/colour"}
    assert codes_at(api.post("/builders/crypto-user/render/", {"account": "1"})) == {"/region": "required"}
    assert codes_at(api.post("/builders/crypto-user/render/", {"parameters": []})) == {
        "/parameters": "wrong-type"
    }


def test_validate_judges_the_text_as_typed(vera: Viewer) -> None:
    api = Api(vera)
    good = body_of(api.post("/validate/", {"text": factories.source_text()}))
    assert good["valid"] is True
    assert good["size"]["limit"] == 6144
    bad = body_of(api.post("/validate/", {"text": '{\n  "Version": "1",\n}'}))
    assert bad["valid"] is False
    comma = next(finding for finding in bad["findings"] if finding["code"] == "trailing-comma")
    assert comma["severity"] == "error"
    assert comma["line"] in (2, 3)
    assert comma["fix"]["edits"] == [{"start": 18, "end": 19, "text": ""}]


def test_validate_takes_an_object_and_a_target(vera: Viewer) -> None:
    api = Api(vera)
    document = json.loads(factories.source_text())
    place = {"account": factories.PRODUCTION, "region": "cn-hangzhou"}
    assert body_of(api.post("/validate/", {"document": document, **place}))["valid"] is True
    problem_of(api.post("/validate/", {}), 400)
    problem_of(api.post("/validate/", {"text": "{}", "document": {}}), 400)
    assert codes_at(api.post("/validate/", {"text": {}})) == {"/text": "wrong-type"}
    assert codes_at(api.post("/validate/", {"text": "{}", "region": "x"})) == {"/account": "required"}


@pytest.mark.parametrize(
    "text", ["", " ", "null", "[]", "\ufeff{}", "x" * 300_000, "{" * 5000, '{"a": 1e999}']
)
def test_validate_answers_200_whatever_the_text(text: str, vera: Viewer) -> None:
    answer = Api(vera).post("/validate/", {"text": text})
    assert answer.status_code == 200
    assert body_of(answer)["valid"] is False


def test_every_finding_has_a_page(vera: Viewer) -> None:
    api = Api(vera)
    rules = every(api, "/rules/")
    assert {"code", "severity", "title", "why", "what_to_do"} <= set(rules[0])
    assert body_of(api.get("/rules/unknown-action/"))["code"] == "unknown-action"
    problem_of(api.get("/rules/no-such/"), 404)


def test_catalogue_is_listed_and_narrowed(vera: Viewer) -> None:
    api = Api(vera)
    actions = every(api, "/catalog/actions/")
    decrypt = next(action for action in actions if action["name"] == "kms:Decrypt")
    assert decrypt["resource_types"]
    found = body_of(api.get("/catalog/actions/?q=decrypt"))["results"]
    assert decrypt in found
    assert len(found) < len(actions)
    group = body_of(api.get(f"/catalog/actions/?limit=200&group={decrypt['group']}"))["results"]
    assert {action["group"] for action in group} == {decrypt["group"]}
    level = body_of(api.get(f"/catalog/actions/?limit=200&access_level={decrypt['access_level']}"))["results"]
    assert {action["access_level"] for action in level} == {decrypt["access_level"]}
    assert "cn-hangzhou" in {region["id"] for region in every(api, "/catalog/regions/")}
    assert "acs:SourceIp" in {key["key"] for key in every(api, "/catalog/condition-keys/")}
    assert every(api, "/catalog/resource-types/")


def test_schema_of_a_document_is_open_and_sound() -> None:
    schema = body_of(Api().get("/schema/document/"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(factories.source_text()))
