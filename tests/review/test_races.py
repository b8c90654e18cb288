"""Transitions that start at the same moment: one after the other, in whatever order, and never half of each."""

from __future__ import annotations

import json
from functools import partial

import pytest

from policystudio.accounts.services.update_account import update_account
from policystudio.analysis.request import Request
from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.policies.models import Policy, Revision
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.naming import NameTaken
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.review.exporting import export_rows
from policystudio.review.models import Current, Release, Review
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import (
    AlreadyDecided,
    DigestMovedOn,
    NotReady,
    ReviewFinished,
    UnfinishedReview,
)
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import standing
from tests.factories import (
    DEVELOPMENT,
    FRANKFURT,
    HANGZHOU,
    PRODUCTION,
    SHANGHAI,
    approve,
    make_case,
    make_policy,
    make_released,
    source_text,
)
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4
OTHER = source_text(actions=("kms:Decrypt",))


@pytest.fixture
def proposals(ada, development):
    """A proposal for each round."""
    return [
        propose(by=ada, policy=make_policy(ada, f"app-{n}"), message="please look") for n in range(ROUNDS)
    ]


def test_approve_and_edit(ada, rui, proposals, team):
    for review in proposals:
        digest = standing(review).digest
        outcomes = race(
            partial(decide, by=rui, review=review, verdict="approve", digest=digest),
            partial(revise, by=ada, policy=review.policy, source=OTHER, message="edited"),
        )
        assert refusals(outcomes) in ([], [DigestMovedOn])
        assert standing(review).approvals == 0
        with pytest.raises(NotReady):
            release(by=ada, review=review)
    assert verify(team.pk).valid


def test_release_and_edit(ada, rui, proposals):
    for review in proposals:
        approve(rui, review)
        outcomes = race(
            partial(release, by=ada, review=review),
            partial(revise, by=ada, policy=review.policy, source=OTHER, message="edited"),
        )
        assert refusals(outcomes) in ([], [NotReady])
        exported = Current.objects.filter(policy=review.policy).select_related("document")
        assert [c.document.revision_number for c in exported] == ([] if refusals(outcomes) else [1])
        assert all("kms:Encrypt" in c.document.text for c in exported)


def test_release_and_release(ada, rui, max_, proposals, vera):
    for review in proposals:
        approve(rui, review)
        outcomes = race(*[partial(release, by=by, review=review) for by in (ada, rui, max_)])
        assert refusals(outcomes) == [ReviewFinished, ReviewFinished]
    assert Release.objects.count() == ROUNDS
    assert len(list(export_rows(vera))) == ROUNDS


def test_release_and_withdraw(ada, rui, proposals):
    for review in proposals:
        approve(rui, review)
        outcomes = race(partial(release, by=ada, review=review), partial(withdraw, by=rui, review=review))
        assert refusals(outcomes) == [ReviewFinished]
        review.refresh_from_db()
        is_released = review.state == "released"
        policy = Policy.objects.get(pk=review.policy_id)
        assert Current.objects.filter(policy=policy).exists() == is_released
        assert (policy.released_number == 1, policy.is_under_review) == (is_released, False)


def test_retarget_and_release(ada, rui, proposals, vera):
    for review in proposals:
        approve(rui, review)
        elsewhere = [{"account": DEVELOPMENT, "region": region} for region in (FRANKFURT, SHANGHAI)]
        outcomes = race(
            partial(set_targets, by=ada, policy=review.policy, targets=elsewhere),
            partial(release, by=ada, review=review),
        )
        assert refusals(outcomes) in ([], [NotReady])
    assert {json.loads(entry)["region"] for entry in export_rows(vera)} <= {HANGZHOU}


def test_release_and_more_approvals_required(ada, rui, max_, proposals, development):
    for review in proposals:
        approve(rui, review)
        outcomes = race(
            partial(update_account, by=max_, account=development, required_approvals=2),
            partial(release, by=ada, review=review),
        )
        assert refusals(outcomes) in ([], [NotReady])
        raised = Event.objects.filter(action="account.updated").latest("sequence").sequence
        released = Event.objects.filter(action="review.released", data__review=review.pk).first()
        assert released is None or released.sequence < raised
        update_account(by=max_, account=development, required_approvals=None)


def test_release_that_takes_away_and_more_approvals_required_there(
    ada, rui, noor, max_, development, production
):
    for number in range(ROUNDS):
        policy = make_released(ada, rui, noor, name=f"app-{number}", targets=[(PRODUCTION, HANGZHOU)])
        set_targets(by=ada, policy=policy, targets=[{"account": DEVELOPMENT, "region": HANGZHOU}])
        review = propose(by=ada, policy=policy, message="move")
        for person in (rui, noor):
            approve(person, review)
        outcomes = race(
            partial(update_account, by=max_, account=production, required_approvals=3),
            partial(release, by=ada, review=review),
        )
        assert refusals(outcomes) in ([], [NotReady])
        raised = Event.objects.filter(action="account.updated").latest("sequence").sequence
        released = Event.objects.filter(action="review.released", data__review=review.pk).first()
        assert released is None or released.sequence < raised
        update_account(by=max_, account=production, required_approvals=None)


def test_the_same_decision_twice(rui, proposals):
    for review in proposals:
        digest = standing(review).digest
        twice = [partial(decide, by=rui, review=review, verdict="approve", digest=digest)] * 2
        assert refusals(race(*twice)) == [AlreadyDecided]
        assert standing(review).approvals == 1


def test_propose_and_propose(ada, rui, development):
    for number in range(ROUNDS):
        policy = make_policy(ada, f"app-{number}")
        outcomes = race(*[partial(propose, by=by, policy=policy, message="m") for by in (ada, rui)])
        assert refusals(outcomes) == [UnfinishedReview]
    assert Review.objects.count() == ROUNDS


def test_two_policies_of_one_name(ada, rui, development):
    for number in range(ROUNDS):
        make = [
            partial(create_policy, by=ada, name=name, source=OTHER)
            for name in (f"app-{number}", f"APP-{number}")
        ]
        assert refusals(race(*make)) == [NameTaken]


def test_sixteen_writers_at_once_lose_nothing(ada, rui, policy, team):
    def write(by, letter):
        for number in range(5):
            revise(by=by, policy=policy, source=source_text(key=f"key-{letter}{number}"), message="m")

    assert race(*[partial(write, ada if n % 2 else rui, chr(97 + n)) for n in range(16)]) == [None] * 16
    numbers = list(Revision.objects.filter(policy=policy).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 82))
    assert Policy.objects.get(pk=policy.pk).version == 81
    assert verify(team.pk).valid


def test_release_and_a_new_test_that_fails(ada, rui, proposals):
    """Either the release saw it, or it came after."""
    asked = Request("kms:Decrypt", "acs:kms:${region}:${account}:key/key-hzz0000000000001")
    for number, review in enumerate(proposals):
        approve(rui, review)
        outcomes = race(
            partial(release, by=ada, review=review),
            partial(
                make_case, rui, f"test {number}", policy=review.policy, request=asked, expectation="allow"
            ),
        )
        assert refusals(outcomes) in ([], [NotReady])
        added = Event.objects.filter(action="case.added").latest("sequence").sequence
        released = Event.objects.filter(action="review.released", data__review=review.pk).first()
        assert bool(refusals(outcomes)) is (released is None)
        assert released is None or released.sequence < added
