"""A decision is one person's word on exactly what they saw; nobody decides on what they wrote."""

from __future__ import annotations

import pytest

from policystudio.errors import InvalidInput, NotAllowed, NotFound
from policystudio.policies.services.revise import revise
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import (
    AlreadyDecided,
    DigestMovedOn,
    NotReady,
    OwnRevision,
    ReviewFinished,
)
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import State, standing
from policystudio.teams.permissions import Scope
from policystudio.teams.services.change_role import change_role
from policystudio.teams.viewer import Viewer
from tests.factories import approve, make_released, source_text


def object_to(by, review):
    return decide(
        by=by, review=review, verdict="request_changes", digest=standing(review).digest, body="too wide"
    )


def test_reviewer_decides_and_author_does_not(rui, ada, vera, review):
    digest = standing(review).digest
    for person in (ada, vera):
        with pytest.raises(NotAllowed):
            decide(by=person, review=review, verdict="approve", digest=digest)
    assert decide(by=rui, review=review, verdict="approve", digest=digest).ordinal == 1


@pytest.mark.parametrize("role", ["reviewer", "admin"])
@pytest.mark.parametrize("verdict", ["approve", "request_changes"])
def test_own_revision_cannot_be_decided_on_whatever_the_role(ada, max_, rui, review, role, verdict):
    change_role(by=max_, member=ada.member, role=role)
    ada.member.refresh_from_db()
    digest = standing(review).digest
    with pytest.raises(OwnRevision):
        decide(by=ada, review=review, verdict=verdict, digest=digest)
    decide(by=rui, review=review, verdict=verdict, digest=digest)


def test_a_token_is_its_owner(max_, ada, review):
    change_role(by=max_, member=ada.member, role="admin")
    ada.member.refresh_from_db()
    with_token = Viewer(member=ada.member, token_id=1, scopes=frozenset({Scope.REVIEW}))
    with pytest.raises(OwnRevision):
        approve(with_token, review)


def test_author_of_an_earlier_unreleased_revision_is_an_author_in_the_review(ada, rui, noor, policy, max_):
    revise(by=rui, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="by rui")
    revise(by=ada, policy=policy, source=source_text(), message="by ada")
    review = propose(by=ada, policy=policy)
    with pytest.raises(OwnRevision):
        approve(rui, review)
    approve(noor, review)


def test_author_of_a_released_revision_may_review_the_next(ada, rui, noor, development):
    policy = make_released(rui, noor)
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="by ada")
    review = propose(by=ada, policy=policy)
    approve(rui, review)
    release(by=ada, review=review)


def test_digest_that_moved_on_is_refused(ada, rui, review):
    seen = standing(review).digest
    revise(by=ada, policy=review.policy, source=source_text(actions=("kms:Decrypt",)), message="m")
    with pytest.raises(DigestMovedOn):
        decide(by=rui, review=review, verdict="approve", digest=seen)
    approve(rui, review)


def test_the_same_decision_twice_is_refused_and_another_is_not(rui, review):
    approve(rui, review)
    with pytest.raises(AlreadyDecided):
        approve(rui, review)
    object_to(rui, review)
    assert standing(review).state is State.CHANGES_REQUESTED
    approve(rui, review)
    stands = standing(review)
    assert (stands.state, stands.approvals) == (State.APPROVED, 1)
    assert [weighed.counts for weighed in stands.decisions] == [False, False, True]


def test_requested_changes_block_until_that_person_approves(ada, rui, noor, max_, review):
    object_to(rui, review)
    approve(noor, review)
    revise(by=ada, policy=review.policy, source=source_text(actions=("kms:Decrypt",)), message="narrower")
    approve(noor, review)
    approve(max_, review)
    with pytest.raises(NotReady) as error:
        release(by=ada, review=review)
    assert [problem.code for problem in error.value.problems] == ["changes-requested"]
    approve(rui, review)
    release(by=ada, review=review)


def test_requested_changes_end_with_a_new_review(ada, rui, noor, review):
    object_to(rui, review)
    withdraw(by=ada, review=review)
    again = propose(by=ada, policy=review.policy, message="again")
    approve(noor, again)
    release(by=ada, review=again)


def test_requested_changes_outlive_the_role_of_who_asked_for_them(ada, rui, noor, max_, review):
    object_to(rui, review)
    change_role(by=max_, member=rui.member, role="viewer")
    approve(noor, review)
    assert standing(review).state is State.CHANGES_REQUESTED


def test_finished_review_takes_no_decisions(ada, rui, review):
    digest = standing(review).digest
    withdraw(by=ada, review=review)
    with pytest.raises(ReviewFinished):
        decide(by=rui, review=review, verdict="approve", digest=digest)


def test_unknown_verdict_and_bad_text_are_named(rui, review):
    with pytest.raises(InvalidInput) as error:
        decide(by=rui, review=review, verdict="Approve", digest="", body="a\0b")
    assert {(p.pointer, p.code) for p in error.value.problems} == {
        ("/verdict", "unknown-verdict"),
        ("/body", "bad-character"),
    }


def test_review_of_another_team_is_not_found(sam, review):
    with pytest.raises(NotFound):
        decide(by=sam, review=review, verdict="approve", digest=standing(review).digest)
