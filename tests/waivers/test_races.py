"""Things done to a waiver at the same moment: one after the other, in whatever order, and never half of each."""

from __future__ import annotations

from functools import partial

import pytest

from policystudio.audit.verify import verify
from policystudio.policies.models import Policy
from policystudio.policies.services.set_targets import set_targets
from policystudio.review.models import Review
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady, UndecidedWaivers
from policystudio.review.services.release import release
from policystudio.waivers.models import Waiver
from policystudio.waivers.refusals import AlreadyRequested, OwnWaiver, WaiverDecided
from policystudio.waivers.services.decide_waiver import accept_waiver, refuse_waiver
from policystudio.waivers.services.end_waiver import end_waiver
from tests.factories import approve, make_policy
from tests.racing import race, refusals
from tests.waivers.findings import REPEATED, request

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "repeated-action"
ROUNDS = 3


@pytest.fixture
def policies(ada, development):
    """A policy for each round, with a finding that can be waived."""
    return [make_policy(ada, f"app-{n}", source=REPEATED) for n in range(ROUNDS)]


def stored(waiver):
    return Waiver.objects.get(pk=waiver.pk).state


def test_two_ask_for_the_same(ada, rui, policies, team):
    for policy in policies:
        outcomes = race(partial(request, ada, policy, CODE), partial(request, rui, policy, CODE))
        assert refusals(outcomes) == [AlreadyRequested]
        assert policy.waivers.count() == 1
    assert verify(team.pk).valid


def test_accept_and_refuse(ada, rui, noor, policies, team):
    for policy in policies:
        waiver = request(ada, policy, CODE)
        outcomes = race(
            partial(accept_waiver, by=rui, waiver=waiver), partial(refuse_waiver, by=noor, waiver=waiver)
        )
        assert refusals(outcomes) == [WaiverDecided]
        assert stored(waiver) in ("accepted", "refused")
    assert verify(team.pk).valid


def test_accept_and_take_back(ada, rui, policies, team):
    for policy in policies:
        waiver = request(ada, policy, CODE)
        outcomes = race(
            partial(accept_waiver, by=rui, waiver=waiver), partial(end_waiver, by=ada, waiver=waiver)
        )
        assert refusals(outcomes) in ([], [WaiverDecided])
        assert stored(waiver) == "ended"
    assert verify(team.pk).valid


def test_accept_and_become_an_author(ada, rui, policies):
    for policy in policies:
        waiver = request(ada, policy, CODE)
        outcomes = race(
            partial(accept_waiver, by=rui, waiver=waiver),
            partial(set_targets, by=rui, policy=policy, targets=[]),
        )
        assert refusals(outcomes) in ([], [OwnWaiver])


def test_approve_and_ask(ada, rui, policies):
    """Whichever is first: what was asked for before the approval refuses it, what came after it blocks the release."""
    for policy in policies:
        review = propose(by=ada, policy=policy, message="please look")
        outcomes = race(partial(approve, rui, review), partial(request, ada, policy, CODE))
        assert refusals(outcomes) in ([], [UndecidedWaivers])
        with pytest.raises(NotReady):
            release(by=ada, review=review)


def test_release_and_ask(ada, rui, policies):
    for policy in policies:
        review = propose(by=ada, policy=policy, message="please look")
        approve(rui, review)
        outcomes = race(partial(release, by=ada, review=review), partial(request, ada, policy, CODE))
        assert refusals(outcomes) in ([], [NotReady])
        is_released = Review.objects.get(pk=review.pk).state == "released"
        assert is_released == (Policy.objects.get(pk=policy.pk).released_number is not None)
        assert is_released != (NotReady in refusals(outcomes))


def test_two_renewals_accepted_at_once_leave_one(ada, rui, noor, policies, team):
    for policy in policies:
        first = accept_waiver(by=rui, waiver=request(ada, policy, CODE))
        second = request(ada, policy, CODE)
        outcomes = race(
            partial(accept_waiver, by=noor, waiver=second), partial(accept_waiver, by=rui, waiver=second)
        )
        assert refusals(outcomes) == [WaiverDecided]
        assert (stored(first), stored(second)) == ("ended", "accepted")
    assert verify(team.pk).valid
