"""All tests of a policy over the API: run at once, their score, offered ones, a file, and a refused release."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.analysis.request import Request
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db
OWN = "acs:kms:${region}:${account}:key/key-hzz0000000000001"


def expect(by: Viewer, name: str, action: str, expectation: str, **more: Any) -> Any:
    return factories.make_case(by, name, request=Request(action, OWN), expectation=expectation, **more)


def test_all_tests_are_run_the_gravest_first(ada: Viewer, rui: Viewer, vera: Viewer, policy: Policy) -> None:
    run = f"/policies/{policy.pk}/tests/run/"
    assert body_of(Api(vera).get(run))["verdict"] == "holds"
    holds, fails = (
        expect(ada, "encrypts", "kms:Encrypt", "allow", policy=policy),
        expect(rui, "decrypts", "kms:Decrypt", "allow"),
    )
    found = body_of(Api(vera).get(run))
    assert (found["verdict"], found["revision"], found["tests"]) == ("fails", 1, 2)
    assert [each["case"] for each in found["results"]] == [fails.pk, holds.pk]
    assert found["results"][0]["answers"] == [
        {
            "account": factories.DEVELOPMENT,
            "region": factories.HANGZHOU,
            "decision": "implicit_deny",
            "verdict": "fails",
        }
    ]
    revise(
        by=ada,
        policy=policy,
        source=factories.source_text(actions=("kms:Encrypt", "kms:Decrypt")),
        message="x",
    )
    assert body_of(Api(vera).get(run))["verdict"] == "holds"
    assert body_of(Api(vera).get(f"{run}?revision=1"))["verdict"] == "fails"
    assert codes_at(Api(vera).get(f"{run}?revision=9")) == {"/revision": "no-such-revision"}
    assert codes_at(Api(vera).get(f"{run}?region=cn-beijing")) == {"/account": "no-such-target"}


def test_the_score_tells_each_survivor_with_a_test_that_is_taken_as_it_is(
    ada: Viewer, policy: Policy
) -> None:
    address = f"/policies/{policy.pk}/tests/mutants/"
    before = body_of(Api(ada).get(address))
    assert (before["percent"], before["killed"], before["left"]) == (0, 0, 0)
    for each in before["survivors"]:
        answer = Api(ada).post("/cases/", {**each["test"], "policy": policy.pk})
        assert answer.status_code in (201, 409)
    after = body_of(Api(ada).get(address))
    assert (after["percent"], after["survivors"]) == (100, [])
    assert after["killed"] + after["equal"] == before["survived"] + before["equal"]


def test_offered_tests_are_taken_as_a_file(ada: Viewer, policy: Policy) -> None:
    offered = body_of(Api(ada).get(f"/policies/{policy.pk}/tests/offered/"))["offered"]
    assert {each["about"] for each in offered} >= {"use", "other-resource", "other-account", "other-action"}
    file = {"policy_tests": 1, "tests": [each["test"] for each in offered]}
    done = body_of(Api(ada).post(f"/policies/{policy.pk}/tests/file/", {"file": file}))
    assert len(done["added"]) == len(offered)
    assert body_of(Api(ada).get(f"/policies/{policy.pk}/tests/run/"))["verdict"] == "holds"


def test_a_file_comes_back_as_it_went_out_and_twice_changes_nothing(
    ada: Viewer, rui: Viewer, policy: Policy
) -> None:
    address = f"/policies/{policy.pk}/tests/file/"
    expect(ada, "encrypts", "kms:Encrypt", "allow", policy=policy, note="why", account=factories.DEVELOPMENT)
    expect(rui, "of the team", "kms:Decrypt", "deny")
    file = body_of(Api(ada).get(address))
    assert [each["name"] for each in file["tests"]] == ["encrypts"]
    other = factories.make_policy(ada, "other")
    there = f"/policies/{other.pk}/tests/file/"
    for sent in (file, json.dumps(file)):
        done = body_of(Api(ada).post(there, {"file": sent}))
        assert len(done["added"]) + done["unchanged"] == 1
    assert body_of(Api(ada).get(there)) == file


def test_what_is_no_file_of_tests_is_refused_at_its_place(ada: Viewer, policy: Policy) -> None:
    address = f"/policies/{policy.pk}/tests/file/"
    test = {"name": "x", "request": {"action": "kms:Encrypt", "resource": OWN}, "expectation": "allow"}

    def refused(file: Any) -> dict[str, str]:
        return codes_at(Api(ada).post(address, {"file": file}))

    assert refused({}) == {"/file/policy_tests": "unknown-version", "/file/tests": "wrong-type"}
    assert refused({"policy_tests": 1, "tests": [{**test, "expectation": "maybe"}, 3]}) == {
        "/file/tests/0/expectation": "unknown-choice",
        "/file/tests/1": "wrong-type",
    }
    assert refused({"policy_tests": 1, "tests": [{**test, "account": "999"}]}) == {
        "/file/tests/0/account": "unknown-account"
    }
    assert set(refused("{")) == {"/file"}
    expect(ada, "x", "kms:Decrypt", "deny", policy=policy)
    assert refused({"policy_tests": 1, "tests": [test]}) == {"/file/tests/0/name": "name-taken"}


def test_a_release_that_breaks_a_test_is_a_conflict_with_the_test_and_its_target(
    ada: Viewer, rui: Viewer, review: Any, policy: Policy
) -> None:
    factories.approve(rui, review)
    case = expect(ada, "decrypts", "kms:Decrypt", "allow", policy=policy)
    blocked = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["blocked_by"]
    assert [(each["pointer"], each["code"]) for each in blocked] == [(f"/cases/{case.pk}", "test-fails")]
    problem = problem_of(Api(ada).post(f"/reviews/{review.pk}/release/", {}), 409)
    assert [each["pointer"] for each in problem["errors"]] == [f"/cases/{case.pk}"]
    assert f"{factories.DEVELOPMENT} {factories.HANGZHOU}" in problem["errors"][0]["detail"]


def test_strangers_find_nothing(sam: Viewer, policy: Policy) -> None:
    for part in ("run", "mutants", "offered", "file"):
        problem_of(Api(sam).get(f"/policies/{policy.pk}/tests/{part}/"), 404)
    problem_of(Api(sam).post(f"/policies/{policy.pk}/tests/file/", {"file": {}}), 404)
