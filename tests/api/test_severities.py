from __future__ import annotations

import pytest

from policystudio.ram.finding import Severity
from policystudio.teams.viewer import Viewer
from policystudio.validation.registry import all_documentation
from tests.api.client import Api, body_of, codes_at, problem_of
from tests.factories import source_text

pytestmark = pytest.mark.django_db

CODE = "/severities/repeated-action/"
STRICT = {"severity": "error", "reason": "it hides what is granted"}
REPEATED = source_text(actions=("kms:Encrypt", "kms:Encrypt"))


def test_severity_is_set_shown_listed_and_reset(max_: Viewer) -> None:
    api = Api(max_)
    default = api.get(CODE)
    assert body_of(default)["setting"] is None
    made = api.put(CODE, STRICT, If_Match=default["ETag"])
    assert made.status_code == 200
    assert body_of(made)["default"] == "suggestion"
    assert body_of(made)["severity"] == "error"
    assert body_of(made)["setting"]["set_by"] == "max"
    problem_of(api.put(CODE, STRICT, If_Match=default["ETag"]), 412)
    problem_of(api.put(CODE, STRICT), 428)
    problem_of(api.delete(CODE), 428)
    listed = body_of(api.get("/severities/?set=yes"))["results"]
    assert [each["code"] for each in listed] == ["repeated-action"]
    assert api.delete(CODE, If_Match=made["ETag"]).status_code == 204
    assert body_of(api.get(CODE)) == body_of(default)
    problem_of(api.delete(CODE, If_Match="*"), 404)


def test_every_code_is_listed_once(vera: Viewer) -> None:
    api, found, address = Api(vera), [], "/severities/?limit=50"
    while address:
        page = body_of(api.get(address))
        found += [each["code"] for each in page["results"]]
        address = page["next"]
    assert found == list(all_documentation())


def test_what_counts_for_the_team_is_in_every_judgement(max_: Viewer, sam: Viewer) -> None:
    Api(max_).put(CODE, STRICT, If_Match="*")
    for viewer, severity in ((max_, "error"), (sam, "suggestion")):
        judged = body_of(Api(viewer).post("/validate/", {"text": REPEATED}))
        [finding] = [each for each in judged["findings"] if each["code"] == "repeated-action"]
        assert finding["severity"] == severity
        assert finding["default_severity"] == "suggestion"
        assert judged["valid"] == (severity != "error")


def test_faults_of_a_setting_are_pointed_at(max_: Viewer) -> None:
    api = Api(max_)
    error = next(c for c, page in all_documentation().items() if page.severity is Severity.ERROR)
    lower = {"severity": "warning", "reason": "we know better"}
    assert codes_at(api.put(f"/severities/{error}/", lower, If_Match="*")) == {"/severity": "below-error"}
    assert codes_at(api.put(CODE, {"severity": "grave", "reason": ""}, If_Match="*")) == {
        "/severity": "unknown-choice",
        "/reason": "required",
    }
    assert codes_at(api.put(CODE, {"severity": "off"}, If_Match="*")) == {"/reason": "required"}
    assert codes_at(api.put(CODE, {"severity": 1, "reason": "r"}, If_Match="*")) == {
        "/severity": "wrong-type"
    }
    problem_of(api.put("/severities/no-such-code/", STRICT, If_Match="*"), 404)
