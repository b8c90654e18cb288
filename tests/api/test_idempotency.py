from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.teams.models import ApiToken, IdempotentAnswer
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

NEW = {"name": "app", "builder": "key-read-only", "parameters": {}}


@pytest.mark.django_db
def test_creation_sent_again_is_answered_as_before(ada: Viewer, development: Account) -> None:
    api = Api(ada)
    first = api.post("/policies/", NEW, Idempotency_Key="a-1")
    again = api.post("/policies/", NEW, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["Location"] == first["Location"]
    assert again["ETag"] == first["ETag"]
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Policy.objects.count() == 1


@pytest.mark.django_db
def test_key_is_good_for_one_request_of_one_person(ada: Viewer, max_: Viewer) -> None:
    api = Api(ada)
    made = body_of(api.post("/policies/", NEW, Idempotency_Key="a-1"))
    problem_of(api.post("/policies/", {**NEW, "name": "other"}, Idempotency_Key="a-1"), 422)
    problem_of(api.post(f"/policies/{made['id']}/revisions/", {}, Idempotency_Key="a-1"), 422)
    other = Api(max_).post("/policies/", {**NEW, "name": "other"}, Idempotency_Key="a-1")
    assert other.status_code == 201
    assert "Idempotent-Replayed" not in other


@pytest.mark.django_db
def test_refused_request_frees_its_key(ada: Viewer) -> None:
    api = Api(ada)
    problem_of(api.post("/policies/", {"name": "app"}, Idempotency_Key="a-1"), 400)
    assert api.post("/policies/", NEW, Idempotency_Key="a-1").status_code == 201


@pytest.mark.django_db
def test_key_is_forgotten_after_a_day(ada: Viewer) -> None:
    api = Api(ada)
    api.post("/policies/", NEW, Idempotency_Key="a-1")
    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        assert api.post("/policies/", NEW, Idempotency_Key="a-1")["Idempotent-Replayed"] == "true"
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    problem_of(api.post("/policies/", NEW, Idempotency_Key="a-1"), 409)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", " ", "x" * 256, "ä", "a\tb"])
def test_malformed_key_is_refused(key: str, ada: Viewer) -> None:
    assert codes_at(Api(ada).post("/policies/", NEW, Idempotency_Key=key)) == {"": "bad-idempotency-key"}


@pytest.mark.django_db
def test_repeated_answer_does_not_hold_the_token(ada: Viewer) -> None:
    api, new = Api(ada), {"name": "pipeline", "scopes": ["read"]}
    first = body_of(api.post("/tokens/", new, Idempotency_Key="t-1"))
    again = body_of(api.post("/tokens/", new, Idempotency_Key="t-1"))
    assert first["token"].startswith("ps_")
    assert again == {**first, "token": None}
    assert first["token"] not in IdempotentAnswer.objects.get().body
    assert ApiToken.objects.filter(name="pipeline").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_creation_at_the_same_time_is_done_once(ada: Viewer) -> None:
    api = Api(ada)
    token = api.token

    def send(_: int) -> tuple[int, bytes]:
        mine = Api()
        mine.token = token
        try:
            answer = mine.post("/policies/", NEW, Idempotency_Key="race")
            return answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert Policy.objects.filter(name="app").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_from_one_etag_one_is_stale(ada: Viewer, development: Account) -> None:
    policy = factories.make_policy(ada)
    api = Api(ada)
    token, address = api.token, f"/policies/{policy.pk}/"
    tag = api.get(address)["ETag"]

    def send(number: int) -> int:
        mine = Api()
        mine.token = token
        try:
            return mine.patch(address, {"description": f"number {number}"}, If_Match=tag).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(send, range(4)))
    assert statuses == [200, 412, 412, 412]
