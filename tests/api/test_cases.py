"""Saved cases over the API: added, run against revisions and targets, removed."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.audit.models import Event
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db
KEY = f"acs:kms:{factories.HANGZHOU}:{factories.DEVELOPMENT}:key/key-hzz0000000000001"
NEW: dict[str, Any] = {
    "name": "The application encrypts",
    "request": {"action": "kms:Encrypt", "resource": KEY, "context": {"acs:SourceIp": "203.0.113.9"}},
    "expectation": "allow",
    "note": "the nightly job",
}


def add(by: Viewer, **changed: Any) -> dict[str, Any]:
    made = Api(by).post("/cases/", {**NEW, **changed})
    assert made.status_code == 201, made.content
    found: dict[str, Any] = body_of(made)
    return found


def test_case_is_added_shown_and_removed(ada: Viewer, vera: Viewer, policy: Policy) -> None:
    api = Api(ada)
    made = api.post("/cases/", {**NEW, "policy": policy.pk})
    shown = body_of(made)
    assert {name: shown[name] for name in NEW} == NEW
    assert (shown["policy"], shown["added_by"], shown["account"]) == (policy.pk, "ada", None)
    assert body_of(Api(vera).get(made["Location"])) == shown
    assert body_of(api.get("/cases/"))["results"] == [shown]
    problem_of(api.delete(made["Location"]), 428)
    problem_of(api.delete(made["Location"], If_Match='"9-0"'), 412)
    assert api.delete(made["Location"], If_Match=made["ETag"]).status_code == 204
    problem_of(api.get(made["Location"]), 404)
    assert [e.action for e in Event.objects.order_by("pk")][-2:] == ["case.added", "case.removed"]


def test_a_list_is_narrowed_to_what_bears_on_a_policy(ada: Viewer, rui: Viewer, policy: Policy) -> None:
    other = factories.make_policy(ada, "other")
    for_all, of_policy, _of_other = add(rui), add(ada, policy=policy.pk), add(ada, policy=other.pk)
    listed = body_of(Api(ada).get(f"/cases/?policy={policy.pk}"))["results"]
    assert listed == [for_all, of_policy]


def test_a_case_is_run_against_any_revision_and_target(ada: Viewer, policy: Policy) -> None:
    case = add(ada, policy=policy.pk)
    run = f"/cases/{case['id']}/run/"
    first = body_of(Api(ada).post(run, {}))
    assert (first["verdict"], first["decision"], first["revision"]) == ("holds", "allow", 1)
    revise(by=ada, policy=policy, source=factories.source_text(actions=("kms:Decrypt",)), message="less")
    assert body_of(Api(ada).post(run, {"revision": "newest"}))["verdict"] == "fails"
    assert body_of(Api(ada).post(run, {"revision": "1"}))["verdict"] == "holds"
    assert codes_at(Api(ada).post(run, {"revision": "7"})) == {"/revision": "no-such-revision"}
    assert codes_at(Api(ada).post(run, {"revision": "released"})) == {"/revision": "not-released"}
    assert codes_at(Api(ada).post(run, {"region": "cn-beijing"})) == {"/account": "no-such-target"}


def test_a_case_for_the_team_is_run_on_a_policy_that_is_named(
    ada: Viewer, rui: Viewer, policy: Policy
) -> None:
    problem_of(Api(ada).post("/cases/", NEW), 403)
    case = add(rui)
    problem_of(Api(ada).delete(f"/cases/{case['id']}/", If_Match="*"), 403)
    run = f"/cases/{case['id']}/run/"
    assert codes_at(Api(ada).post(run, {})) == {"/policy": "required"}
    assert body_of(Api(ada).post(run, {"policy": policy.pk}))["policy"] == policy.pk
    problem_of(Api(ada).post(run, {"policy": 987654321}), 404)


def test_what_is_no_case_is_refused(rui: Viewer, sam: Viewer, policy: Policy) -> None:
    api = Api(rui)
    add(rui)
    problem_of(api.post("/cases/", {**NEW, "name": NEW["name"].upper()}), 409)
    add(rui, policy=policy.pk)
    wrong = {**NEW, "expectation": "maybe", "name": "a\nb", "request": {"action": "x", "resource": "y"}}
    assert codes_at(api.post("/cases/", wrong)) == {
        "/expectation": "unknown-choice",
        "/name": "bad-character",
        "/request/action": "malformed-action",
        "/request/resource": "malformed-resource",
    }
    foreign = factories.make_policy(sam, "foreign", targets=())
    assert codes_at(api.post("/cases/", {**NEW, "policy": foreign.pk})) == {"/policy": "unknown-policy"}


def test_a_target_that_no_policy_could_have_is_refused(ada: Viewer, policy: Policy) -> None:
    api = Api(ada)

    def refused(**target: str) -> dict[str, str]:
        return codes_at(api.post("/cases/", {**NEW, "policy": policy.pk, **target}))

    assert refused(region="x") == {"/account": "required"}
    assert refused(region=factories.HANGZHOU) == {"/account": "required"}
    assert refused(account="999", region=factories.HANGZHOU) == {"/account": "unknown-account"}
    assert refused(account=factories.DEVELOPMENT, region="x") == {"/region": "region-not-enabled"}
    target = {"account": factories.DEVELOPMENT, "region": factories.HANGZHOU}
    added = add(ada, policy=policy.pk, **target)
    assert {name: added[name] for name in target} == target
    alone = add(ada, name="Anywhere in the account", policy=policy.pk, account=factories.DEVELOPMENT)
    assert body_of(Api(ada).post(f"/cases/{alone['id']}/run/", {}))["verdict"] == "holds"
