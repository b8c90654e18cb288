"""Switching on and releasing at the same moment: a release that breaks what is on never gets through."""

from __future__ import annotations

from functools import partial

import pytest

from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.guardrails.preview import preview
from policystudio.guardrails.refusals import AlreadyRequested, ExemptionDecided, PreviewOutdated
from policystudio.guardrails.services.decide_exemption import (
    end_exemption,
    grant_exemption,
    refuse_exemption,
)
from policystudio.guardrails.services.switch_guardrail import switch_on
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady
from policystudio.review.services.release import release
from policystudio.teams.permissions import Role
from tests.factories import approve, make_member, make_policy
from tests.guardrails.rules import ask, make_guardrail, make_on, only_from_office
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4
ENCRYPT = only_from_office("kms:Encrypt")


@pytest.fixture
def mia(team):
    return make_member(team, "mia", Role.ADMIN)


def proposed(ada, rui, name):
    review = propose(by=ada, policy=make_policy(ada, name), message="please look")
    approve(rui, review)
    return review


def test_switch_on_and_release(ada, rui, max_, development, team):
    """Released before it was on, then the preview is outdated; or switched on before, then the release is refused."""
    for n in range(ROUNDS):
        review = proposed(ada, rui, f"app-{n}")
        guardrail = make_guardrail(max_, ENCRYPT, f"office {n}")
        token = preview(team.pk, guardrail.definition).token
        outcomes = race(
            partial(release, by=ada, review=review),
            partial(switch_on, by=max_, guardrail=guardrail, preview=token),
        )
        is_on = Guardrail.objects.get(pk=guardrail.pk).is_on
        assert refusals(outcomes) == ([NotReady] if is_on else [PreviewOutdated])
        if is_on:
            Guardrail.objects.filter(pk=guardrail.pk).update(in_force=None)
        told = Event.objects.filter(action__in=["review.released", "guardrail.switched_on"])
        assert told.count() == n + 1
    assert verify(team.pk).valid


def test_two_releases_and_a_switch(ada, rui, noor, max_, development, team):
    """The first release makes the row that is locked; nobody waits for another for ever."""
    reviews = [proposed(ada, rui, f"app-{n}") for n in range(2)]
    guardrail = make_guardrail(max_, ENCRYPT)
    token = preview(team.pk, guardrail.definition).token
    outcomes = race(
        *(partial(release, by=ada, review=review) for review in reviews),
        partial(switch_on, by=max_, guardrail=guardrail, preview=token),
    )
    is_on = Guardrail.objects.get(pk=guardrail.pk).is_on
    assert refusals(outcomes) == ([NotReady, NotReady] if is_on else [PreviewOutdated])
    assert verify(team.pk).valid


def test_release_and_end_of_the_exception(ada, rui, max_, development, team):
    for n in range(ROUNDS):
        review = proposed(ada, rui, f"app-{n}")
        guardrail = make_on(max_, ENCRYPT, f"office {n}")
        exemption = grant_exemption(by=max_, exemption=ask(ada, guardrail, review.policy))
        outcomes = race(
            partial(release, by=ada, review=review), partial(end_exemption, by=ada, exemption=exemption)
        )
        assert refusals(outcomes) in ([], [NotReady])
        Guardrail.objects.filter(pk=guardrail.pk).update(in_force=None)
    assert verify(team.pk).valid


def test_two_ask_and_two_decide(ada, rui, max_, mia, development):
    policy = make_policy(ada)
    guardrail = make_on(max_, ENCRYPT)
    outcomes = race(partial(ask, ada, guardrail, policy), partial(ask, rui, guardrail, policy))
    assert refusals(outcomes) == [AlreadyRequested]
    exemption = Exemption.objects.get()
    outcomes = race(
        partial(grant_exemption, by=max_, exemption=exemption),
        partial(refuse_exemption, by=mia, exemption=exemption),
    )
    assert refusals(outcomes) == [ExemptionDecided]
