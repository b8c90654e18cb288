"""Who wrote or shaped what is proposed never approves it, and the record says whose approval counted."""

from __future__ import annotations

import pytest

from policystudio.accounts.models import Account
from policystudio.accounts.services.update_account import update_account
from policystudio.audit.models import Event
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.ram.render import Target
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady, OwnRevision
from policystudio.review.services.release import release
from policystudio.review.standing import standing
from policystudio.teams.services.change_role import change_role
from tests.factories import (
    DEVELOPMENT,
    FRANKFURT,
    HANGZHOU,
    PRODUCTION,
    approve,
    make_account,
    make_policy,
    make_released,
    source_text,
)

ELSEWHERE = [Target(DEVELOPMENT, FRANKFURT)]
SHAPINGS = {
    "targets": lambda by, policy: set_targets(by=by, policy=policy, targets=ELSEWHERE),
    "name": lambda by, policy: update_policy(by=by, policy=policy, name="renamed"),
    "region mode": lambda by, policy: update_policy(by=by, policy=policy, region_mode="combined"),
}


@pytest.fixture(params=SHAPINGS)
def shape(request):
    return SHAPINGS[request.param]


def test_author_of_a_released_revision_does_not_approve_it_in_a_new_shape(
    ada, rui, noor, max_, development, shape
):
    policy = make_released(rui, noor)
    shape(max_, policy)
    review = propose(by=rui, policy=policy, message="elsewhere too")
    with pytest.raises(OwnRevision):
        approve(rui, review)
    approve(noor, review)
    release(by=rui, review=review)


def test_whoever_shapes_a_proposal_does_not_approve_it(ada, rui, noor, review, shape):
    shape(rui, review.policy)
    with pytest.raises(OwnRevision):
        approve(rui, review)
    approve(noor, review)
    release(by=rui, review=review)


def test_approver_who_then_shapes_the_proposal_no_longer_counts(ada, rui, noor, review, shape):
    approve(rui, review)
    shape(rui, review.policy)
    set_targets(by=ada, policy=review.policy, targets=[Target(DEVELOPMENT, HANGZHOU)])
    update_policy(by=ada, policy=review.policy, name="app-decrypt", region_mode="separate")
    stands = standing(review)
    assert not stands.decisions[0].is_stale
    assert stands.approvals == 0
    approve(noor, review)
    release(by=ada, review=review)


def test_whoever_shaped_it_before_somebody_else_did_is_an_author_too(ada, rui, noor, max_, review):
    set_targets(by=rui, policy=review.policy, targets=ELSEWHERE)
    set_targets(by=ada, policy=review.policy, targets=[*ELSEWHERE, Target(DEVELOPMENT, HANGZHOU)])
    with pytest.raises(OwnRevision):
        approve(rui, review)
    approve(noor, review)


def test_whoever_shaped_what_was_released_may_review_what_comes_next(ada, rui, noor, review, shape):
    shape(rui, review.policy)
    approve(noor, review)
    release(by=ada, review=review)
    policy = Policy.objects.get(pk=review.policy_id)
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="next")
    approve(rui, propose(by=ada, policy=policy))


def test_other_words_in_the_description_make_nobody_an_author(ada, rui, review):
    update_policy(by=rui, policy=review.policy, description="other words")
    approve(rui, review)


def test_shaping_a_released_policy_without_a_change_makes_nobody_an_author(ada, rui, noor, development):
    policy = make_released(ada, noor)
    update_policy(by=rui, policy=policy, name=policy.name)
    set_targets(by=rui, policy=policy, targets=[Target(DEVELOPMENT, HANGZHOU)])
    approve(rui, propose(by=ada, policy=policy, message="again"))


def test_finished_review_shows_the_approvals_that_counted_and_no_other(ada, rui, noor, max_, review):
    approve(rui, review)
    revise(by=rui, policy=review.policy, source=source_text(), message="the same text again")
    approve(max_, review)
    approve(noor, review)
    change_role(by=max_, member=noor.member, role="author")
    assert [weighed.counts for weighed in standing(review).decisions] == [False, True, False]
    finished = release(by=ada, review=review)
    change_role(by=max_, member=rui.member, role="viewer")
    max_.user.username = "maximilian"
    max_.user.save()
    stands = standing(finished)
    assert [weighed.counts for weighed in stands.decisions] == [False, True, False]
    assert (stands.approvals, stands.approved_by) == (1, ["max"])


def leave_production(ada, rui, noor):
    """A policy released to production that its author now moves to development."""
    policy = make_released(ada, rui, noor, targets=[(PRODUCTION, HANGZHOU)])
    set_targets(by=ada, policy=policy, targets=[Target(DEVELOPMENT, HANGZHOU)])
    return propose(by=ada, policy=policy, message="move")


def test_what_a_release_takes_away_needs_the_approvals_of_where_it_is_taken_from(
    ada, rui, noor, development, production
):
    review = leave_production(ada, rui, noor)
    stands = standing(review)
    assert stands.required_approvals == 2
    assert stands.removed == (Target(PRODUCTION, HANGZHOU),)
    approve(rui, review)
    with pytest.raises(NotReady) as error:
        release(by=ada, review=review)
    assert [problem.code for problem in error.value.problems] == ["approvals-missing"]
    approve(noor, review)
    release(by=ada, review=review)
    after = propose(by=ada, policy=review.policy, message="again")
    assert (standing(after).required_approvals, standing(after).removed) == (1, ())


def test_fewer_approvals_for_what_is_taken_away_are_told_in_the_review(
    ada, rui, noor, max_, development, production
):
    review = leave_production(ada, rui, noor)
    account = Account.objects.get(number=PRODUCTION)
    update_account(by=max_, account=account, required_approvals=1)
    told = Event.objects.get(action="review.approvals_lowered")
    assert (told.object_id, told.data["account"]) == (review.pk, PRODUCTION)
    assert standing(review).required_approvals == 1


def test_account_of_the_same_number_in_another_team_asks_for_nothing(ada, rui, noor, sam, development):
    make_account(sam, PRODUCTION, required_approvals=5)
    assert standing(propose(by=ada, policy=make_policy(ada), message="m")).required_approvals == 1


def test_objection_says_only_how_it_can_still_end(ada, rui, max_, review):
    def advice() -> str:
        return next(p.detail for p in standing(review).blocked_by if p.code == "changes-requested")

    decide(by=rui, review=review, verdict="request_changes", digest=standing(review).digest, body="no")
    assert "approval" in advice()
    change_role(by=max_, member=rui.member, role="author")
    assert "approval" not in advice()
    change_role(by=max_, member=rui.member, role="reviewer")
    revise(by=rui, policy=review.policy, source=source_text(), message="mine")
    assert "approval" not in advice()
