from __future__ import annotations

import hashlib

import pytest

from policystudio.api.endpoints import revisions
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db


def test_revision_is_added_and_found_again(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/revisions/"
    made = api.post(
        address, {"source": factories.source_text(actions=("kms:Decrypt",)), "message": "narrower"}
    )
    assert made.status_code == 201
    revision = body_of(made)
    assert revision["number"] == 2
    assert revision["sha256"] == hashlib.sha256(revision["source"].encode()).hexdigest()
    assert revision["author"] == "ada"
    assert revision["message"] == "narrower"
    assert revision["builder"] is None
    assert revision["parameters"] is None
    assert isinstance(revision["findings"], list)
    assert body_of(api.get(made["Location"])) == revision
    assert [each["number"] for each in body_of(api.get(address))["results"]] == [2, 1]


def test_builder_and_its_complete_parameters_are_kept(ada: Viewer, policy: Policy) -> None:
    sent = {"builder": "crypto-user", "parameters": {"operations": ["encrypt"]}}
    revision = body_of(Api(ada).post(f"/policies/{policy.pk}/revisions/", sent))
    assert revision["builder"] == "crypto-user"
    assert revision["parameters"]["operations"] == ["encrypt"]
    assert revision["parameters"]["keys"] == "all"


def test_nothing_to_store_is_refused(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/revisions/"
    assert codes_at(api.post(address, {})) == {"/source": "required"}
    assert codes_at(api.post(address, {"source": 5})) == {"/source": "wrong-type"}
    assert codes_at(api.post(address, {"source": "[]"})) == {"/source": "not-an-object"}
    assert codes_at(api.post(address, {"builder": "no-such"})) == {"/builder": "unknown-builder"}


def test_full_access_needs_to_be_understood(ada: Viewer, policy: Policy) -> None:
    answer = Api(ada).post(f"/policies/{policy.pk}/revisions/", {"builder": "full-access", "parameters": {}})
    assert list(codes_at(answer)) == ["/parameters/understood"]


def test_revision_for_a_policy_that_changed_meanwhile_is_refused(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/"
    tag = api.get(address)["ETag"]
    first, second = (
        {"source": factories.source_text(key="key-a")},
        {"source": factories.source_text(key="key-b")},
    )
    assert api.post(f"{address}revisions/", first, If_Match=tag).status_code == 201
    problem_of(api.post(f"{address}revisions/", second, If_Match=tag), 412)
    assert api.post(f"{address}revisions/", second).status_code == 201


def test_unknown_revision_is_404(ada: Viewer, policy: Policy) -> None:
    problem_of(Api(ada).get(f"/policies/{policy.pk}/revisions/9/"), 404)


def test_a_page_of_revisions_stays_small(
    ada: Viewer, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "MAX_PAGE", 2)
    api, address = Api(ada), f"/policies/{policy.pk}/revisions/"
    for number in range(3):
        api.post(address, {"source": factories.source_text(key=f"key-{number}")})
    first = body_of(api.get(f"{address}?limit=200"))
    assert [each["number"] for each in first["results"]] == [4, 3]
    second = body_of(api.get(first["next"]))
    assert [each["number"] for each in second["results"]] == [2, 1]
    assert second["next"] is None
