from __future__ import annotations

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

NEW = {"id": "0000000000000042", "name": "Payments", "environment": "production", "regions": ["cn-hangzhou"]}


def test_account_is_made_shown_changed_and_deleted(max_: Viewer) -> None:
    api = Api(max_)
    made = api.post("/accounts/", NEW)
    assert made.status_code == 201
    assert made["Location"] == "/api/v1/accounts/0000000000000042/"
    assert body_of(made) == {**NEW, "required_approvals": 2}
    changed = api.patch(made["Location"], {"required_approvals": 3}, If_Match=made["ETag"])
    assert body_of(changed) == {**NEW, "required_approvals": 3}
    problem_of(api.patch(made["Location"], {"name": "late"}, If_Match=made["ETag"]), 412)
    problem_of(api.delete(made["Location"]), 428)
    problem_of(api.delete(made["Location"], If_Match=made["ETag"]), 412)
    assert api.delete(made["Location"], If_Match=changed["ETag"]).status_code == 204
    problem_of(api.get(made["Location"]), 404)


def test_accounts_are_listed_by_number(vera: Viewer, development: Account, production: Account) -> None:
    listed = body_of(Api(vera).get("/accounts/"))
    assert [each["id"] for each in listed["results"]] == [factories.PRODUCTION, factories.DEVELOPMENT]
    assert listed["next"] is None
    assert listed["previous"] is None


def test_second_account_of_the_same_number_is_in_conflict(max_: Viewer, development: Account) -> None:
    problem_of(Api(max_).post("/accounts/", {**NEW, "id": factories.DEVELOPMENT}), 409)


def test_faults_of_an_account_are_pointed_at(max_: Viewer) -> None:
    api = Api(max_)
    assert codes_at(api.post("/accounts/", {**NEW, "id": 42})) == {"/id": "wrong-type"}
    assert codes_at(api.post("/accounts/", {**NEW, "id": "４２"})) == {"/id": "bad-account-id"}
    assert codes_at(api.post("/accounts/", {**NEW, "regions": ["cn-hangzhuo"]})) == {
        "/regions/0": "unknown-region"
    }
    assert codes_at(api.post("/accounts/", {**NEW, "required_approvals": "2"})) == {
        "/required_approvals": "wrong-type"
    }
    assert codes_at(api.post("/accounts/", {**NEW, "required_approvals": True})) == {
        "/required_approvals": "wrong-type"
    }
    assert codes_at(api.post("/accounts/", {**NEW, "name": "a\nb"})) == {"/name": "bad-character"}


def test_account_in_use_is_not_deleted(max_: Viewer, policy: Policy) -> None:
    problem = problem_of(Api(max_).delete(f"/accounts/{factories.DEVELOPMENT}/", If_Match="*"), 409)
    assert policy.name in str(problem)
