"""What waivers do to a review: they explain, they stand in the way, and they never work behind a reviewer's back."""

from __future__ import annotations

from datetime import date

import pytest

from policystudio.errors import InvalidInput
from policystudio.policies.models import Policy
from policystudio.policies.selectors import targets_of
from policystudio.review.digest import review_digest
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady, UndecidedWaivers
from policystudio.review.services.release import release
from policystudio.review.standing import standing
from policystudio.waivers.models import Waiver
from policystudio.waivers.services.decide_waiver import accept_waiver, refuse_waiver
from policystudio.waivers.services.end_waiver import end_waiver
from tests.factories import approve, make_policy
from tests.waivers.findings import DANGEROUS, all_waived, request, security_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def dangerous(ada, development):
    """A policy with security warnings that nobody has given a reason for."""
    return make_policy(ada, source=DANGEROUS, message="")


@pytest.fixture
def asked(ada, dangerous):
    """A waiver for each of its security warnings."""
    return [request(ada, dangerous, code) for code in security_codes(dangerous)]


def test_a_security_warning_without_any_reason_keeps_a_policy_from_review(ada, dangerous):
    with pytest.raises(InvalidInput):
        propose(by=ada, policy=dangerous)


def test_a_waiver_that_was_asked_for_is_the_reason_and_blocks_until_it_is_decided(ada, rui, dangerous, asked):
    review = propose(by=ada, policy=dangerous)
    assert [problem.code for problem in standing(review).blocked_by].count("waiver-undecided") == len(asked)
    with pytest.raises(UndecidedWaivers) as refused:
        approve(rui, review)
    assert len(refused.value.problems) == len(asked)
    for waiver in asked:
        accept_waiver(by=rui, waiver=waiver)
    approve(rui, review)
    assert release(by=ada, review=review).state == "released"


def test_changes_may_be_requested_over_an_undecided_waiver(ada, rui, dangerous, asked):
    review = propose(by=ada, policy=dangerous)
    assert decide(by=rui, review=review, verdict="request_changes", digest=standing(review).digest)


def test_a_refused_waiver_leaves_the_warning_without_a_reason(ada, rui, dangerous, asked):
    review = propose(by=ada, policy=dangerous)
    for waiver in asked:
        refuse_waiver(by=rui, waiver=waiver)
    approve(rui, review)
    with pytest.raises(NotReady) as refused:
        release(by=ada, review=review)
    assert {problem.code for problem in refused.value.problems} == {"reason-required"}


def test_a_waiver_asked_for_after_the_approval_keeps_it_from_release_until_it_is_decided(ada, rui, dangerous):
    review = propose(by=ada, policy=dangerous, message="it has to be")
    approve(rui, review)
    waiver = request(ada, dangerous, security_codes(dangerous)[0])
    with pytest.raises(NotReady) as refused:
        release(by=ada, review=review)
    assert {problem.code for problem in refused.value.problems} == {"waiver-undecided"}
    accept_waiver(by=rui, waiver=waiver)
    assert standing(review).approvals == 1
    assert release(by=ada, review=review).state == "released"


def test_a_request_that_is_taken_back_stands_in_nobodys_way(ada, rui, dangerous, asked):
    review = propose(by=ada, policy=dangerous, message="it has to be")
    for waiver in asked:
        end_waiver(by=ada, waiver=waiver)
    approve(rui, review)
    assert release(by=ada, review=review).state == "released"


def test_ending_or_outliving_a_waiver_after_the_approval_asks_for_a_reason_again(ada, rui, dangerous, asked):
    review = propose(by=ada, policy=dangerous)
    for waiver in asked:
        accept_waiver(by=rui, waiver=waiver)
    approve(rui, review)
    assert (standing(review).state, standing(review).blocked_by) == ("approved", ())
    Waiver.objects.update(until=date(2020, 1, 1))
    stands = standing(review)
    assert stands.state == "open"
    assert {problem.code for problem in stands.blocked_by} == {"reason-required"}
    with pytest.raises(NotReady) as refused:
        release(by=ada, review=review)
    assert list(refused.value.problems) == list(stands.blocked_by)
    Waiver.objects.update(until=asked[0].until)
    end_waiver(by=ada, waiver=asked[0])
    assert standing(review).state == "open"
    assert [problem.code for problem in standing(review).blocked_by] == ["reason-required"]
    with pytest.raises(NotReady):
        release(by=ada, review=review)


def test_waivers_are_no_part_of_the_digest(ada, rui, dangerous, asked):
    review = propose(by=ada, policy=dangerous)
    before = standing(review).digest
    for waiver in asked:
        accept_waiver(by=rui, waiver=waiver)
    policy = Policy.objects.get(pk=dangerous.pk)
    revision = policy.revisions.get()
    assert standing(review).digest == before
    assert before == review_digest(
        source_sha256=revision.sha256,
        targets=targets_of(policy),
        region_mode=policy.region_mode,
        name=policy.name,
    )


def test_an_accepted_waiver_needs_no_reason_in_the_next_review(ada, rui, dangerous, asked):
    for waiver in asked:
        accept_waiver(by=rui, waiver=waiver)
    assert all_waived(dangerous) >= set(security_codes(dangerous))
    review = propose(by=ada, policy=dangerous)
    approve(rui, review)
    assert release(by=ada, review=review).state == "released"
