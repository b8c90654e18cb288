"""What may be proposed, and what an author has to say first."""

from __future__ import annotations

import pytest

from policystudio.errors import InvalidInput, NotAllowed, NotFound
from policystudio.policies.selectors import policy_get
from policystudio.policies.services.revise import revise
from policystudio.policies.services.update_policy import update_policy
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady, UnfinishedReview
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import State, standing
from tests.factories import approve, make_policy, make_released, source_text

EVERYTHING = source_text(actions=("kms:*",)).replace(
    '"acs:kms:${region}:${account}:key/key-hzz0000000000001"', '"*"'
)
ERRONEOUS = '{"Version": "1", "Statement": []}'


def test_newest_revision_is_proposed_and_one_review_at_a_time(ada, rui, policy, vera):
    review = propose(by=ada, policy=policy, message="please look")
    stands = standing(review)
    assert (stands.state, stands.revision, stands.required_approvals, stands.approvals) == (
        State.OPEN,
        1,
        1,
        0,
    )
    assert policy_get(vera, policy.pk).state == "in_review"
    with pytest.raises(UnfinishedReview):
        propose(by=rui, policy=policy)
    withdraw(by=rui, review=review)
    propose(by=rui, policy=policy)


def test_viewer_and_stranger_propose_nothing(vera, sam, policy):
    with pytest.raises(NotAllowed):
        propose(by=vera, policy=policy)
    with pytest.raises(NotFound):
        propose(by=sam, policy=policy)


def test_policy_without_targets_is_not_proposed(ada, development):
    policy = make_policy(ada, targets=())
    with pytest.raises(NotReady) as error:
        propose(by=ada, policy=policy)
    assert [problem.code for problem in error.value.problems] == ["no-targets"]


def test_document_with_errors_is_kept_as_a_draft_and_not_proposed(ada, policy):
    revise(by=ada, policy=policy, source=ERRONEOUS)
    with pytest.raises(NotReady) as error:
        propose(by=ada, policy=policy)
    (problem, *_) = error.value.problems
    assert problem.pointer == "/source"
    assert problem.detail.startswith("line ")
    assert not policy_get(ada, policy.pk).is_under_review


def test_security_warning_needs_a_reason(ada, development):
    policy = make_policy(ada, source=EVERYTHING, message="")
    with pytest.raises(InvalidInput) as error:
        propose(by=ada, policy=policy)
    assert {(problem.pointer, problem.code) for problem in error.value.problems} == {
        ("/message", "reason-required")
    }
    with pytest.raises(InvalidInput):
        propose(by=ada, policy=policy, message="  \n")
    propose(by=ada, policy=policy, message="break glass")


@pytest.mark.parametrize("place", ["revision message", "reasons of the revision", "reasons here"])
def test_reason_counts_wherever_the_reviewer_reads_it(ada, development, place):
    policy = make_policy(ada, source=EVERYTHING, message="")
    with pytest.raises(InvalidInput) as error:
        propose(by=ada, policy=policy)
    reasons = {problem.detail.split()[0]: "break glass" for problem in error.value.problems}
    if place == "revision message":
        revise(by=ada, policy=policy, source=EVERYTHING, message="break glass")
    elif place == "reasons of the revision":
        revise(by=ada, policy=policy, source=EVERYTHING, reasons=reasons)
    propose(by=ada, policy=policy, reasons=reasons if place == "reasons here" else {})


def test_description_is_no_reason_for_a_security_warning(ada, development):
    policy = make_policy(ada, source=EVERYTHING, message="", description="payments")
    with pytest.raises(InvalidInput):
        propose(by=ada, policy=policy)
    update_policy(by=ada, policy=policy, description="break glass")
    with pytest.raises(InvalidInput):
        propose(by=ada, policy=policy)
    propose(by=ada, policy=policy, message="break glass")


def test_message_of_an_earlier_revision_is_no_reason(ada, policy):
    revise(by=ada, policy=policy, source=EVERYTHING)
    with pytest.raises(InvalidInput):
        propose(by=ada, policy=policy)
    propose(by=ada, policy=policy, message="break glass")


def test_each_warning_needs_its_own_reason(ada, development):
    policy = make_policy(ada, source=EVERYTHING, message="")
    with pytest.raises(InvalidInput):
        propose(by=ada, policy=policy, reasons={"some-other-code": "because"})


def test_warning_that_comes_during_the_review_needs_a_reason_before_release(ada, rui, development):
    review = propose(by=ada, policy=make_policy(ada, message=""))
    revise(by=ada, policy=review.policy, source=EVERYTHING)
    approve(rui, review)
    with pytest.raises(NotReady) as error:
        release(by=ada, review=review)
    assert {problem.code for problem in error.value.problems} == {"reason-required"}
    revise(by=ada, policy=review.policy, source=EVERYTHING, message="break glass")
    release(by=ada, review=review)


def test_released_policy_may_be_proposed_again(ada, rui, noor, development):
    policy = make_released(ada, rui)
    review = propose(by=ada, policy=policy, message="rendered anew")
    approve(noor, review)
    assert release(by=ada, review=review).state == "released"
