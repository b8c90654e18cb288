"""What is new among the findings, over the API: of a review, and of every revision."""

from __future__ import annotations

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of
from tests.factories import approve, make_released, source_text

pytestmark = pytest.mark.django_db
TWICE, OTHER = ("kms:Encrypt", "kms:Encrypt"), ("kms:Decrypt", "kms:Decrypt")


def said(findings: list[dict[str, object]]) -> dict[str, object]:
    """Message → whether it is new, of repeated actions."""
    return {str(f["message"]): f.get("is_new") for f in findings if f["code"] == "repeated-action"}


def test_a_review_tells_what_is_new_and_what_is_gone(ada: Viewer, rui: Viewer, development: Account) -> None:
    policy = make_released(ada, rui, source=source_text(actions=TWICE))
    revise(by=ada, policy=policy, source=source_text(actions=OTHER), message="other")
    review = propose(by=ada, policy=policy, message="x")
    address = f"/reviews/{review.pk}/findings/"
    for _before_and_after in range(2):
        found = body_of(Api(rui).get(address))
        assert found["revision"] == 2
        (new,) = said(found["findings"]).items()
        assert "kms:Decrypt" in new[0]
        assert new[1] is True
        assert ["kms:Encrypt" in message for message in said(found["gone"])] == [True]
        if not review.is_finished:
            approve(rui, review)
            review = release(by=ada, review=review)


def test_revisions_are_compared_with_the_released_one(ada: Viewer, rui: Viewer, development: Account) -> None:
    policy = make_released(ada, rui, source=source_text(actions=TWICE))
    revise(by=ada, policy=policy, source=source_text(actions=(*TWICE, *OTHER)), message="both")
    newest, released = body_of(Api(ada).get(f"/policies/{policy.pk}/revisions/"))["results"]
    assert sorted(map(str, said(newest["findings"]).values())) == ["False", "True"]
    assert set(said(released["findings"]).values()) == {False}


def test_before_a_release_nothing_is_new_or_old(ada: Viewer, policy: Policy) -> None:
    revise(by=ada, policy=policy, source=source_text(actions=TWICE), message="twice")
    found = body_of(Api(ada).get(f"/policies/{policy.pk}/revisions/2/"))["findings"]
    assert set(said(found).values()) == {None}
    review = propose(by=ada, policy=policy, message="x")
    answer = body_of(Api(ada).get(f"/reviews/{review.pk}/findings/"))
    assert answer["gone"] == []
    assert set(said(answer["findings"]).values()) == {None}


def test_a_stranger_finds_no_review(sam: Viewer, ada: Viewer, policy: Policy) -> None:
    review = propose(by=ada, policy=policy, message="x")
    assert Api(sam).get(f"/reviews/{review.pk}/findings/").status_code == 404
