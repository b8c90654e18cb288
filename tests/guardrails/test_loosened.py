"""Whoever loosens a guardrail does not release alone what it would have stopped; a second admin does."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from policystudio.accounts.models import Account
from policystudio.audit.models import Event
from policystudio.errors import InvalidInput
from policystudio.guardrails import loosened
from policystudio.guardrails.loosened import CODE, loosened_over
from policystudio.guardrails.models import Guardrail
from policystudio.guardrails.selectors import guardrail_get
from policystudio.guardrails.services import write_guardrail
from policystudio.guardrails.services.switch_guardrail import remove_guardrail, switch_off
from policystudio.guardrails.services.write_guardrail import change_guardrail
from policystudio.policies.services.revise import revise
from policystudio.review.models import Review
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady
from policystudio.review.services.release import release
from policystudio.teams.models import Team
from policystudio.teams.permissions import Role
from policystudio.teams.viewer import Viewer
from tests.factories import approve, make_member, make_policy, source_text
from tests.guardrails.rules import make_guardrail, make_on, never, only_from_office, turn_on
from tests.racing import race
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db

ENCRYPT = only_from_office("kms:Encrypt")


@pytest.fixture
def mia(team: Team) -> Viewer:
    """A second admin."""
    return make_member(team, "mia", Role.ADMIN)


@pytest.fixture
def approved(ada: Viewer, rui: Viewer, review: Review) -> Review:
    approve(rui, review)
    return review


def refused(by: Viewer, review: Review) -> str:
    """The one thing in the way of a release by this person."""
    with pytest.raises(NotReady) as told:
        release(by=by, review=review)
    (problem,) = told.value.problems
    assert problem.code == CODE
    return str(problem.detail)


def loosen_by_switching_off(by: Viewer, guardrail: Guardrail) -> None:
    switch_off(by=by, guardrail=guardrail)


def loosen_by_rewording(by: Viewer, guardrail: Guardrail) -> None:
    weaker = never("kms:ScheduleKeyDeletion")
    turn_on(by, change_guardrail(by=by, guardrail=guardrail, name=guardrail.name, definition=weaker))


def loosen_by_removing(by: Viewer, guardrail: Guardrail) -> None:
    remove_guardrail(by=by, guardrail=switch_off(by=by, guardrail=guardrail))


@pytest.mark.parametrize("loosen", [loosen_by_switching_off, loosen_by_rewording, loosen_by_removing])
class TestAfterAGuardrailWasLoosened:
    def test_only_another_admin_releases_and_the_trail_says_what_was_loosened(
        self, loosen, ada: Viewer, rui: Viewer, max_: Viewer, mia: Viewer, approved: Review
    ) -> None:
        loosen(max_, make_on(max_, ENCRYPT))
        assert "that was you" in refused(max_, approved)
        for person in (ada, rui):
            assert "no admin" in refused(person, approved)
        release(by=mia, review=approved)
        data = Event.objects.get(action="review.released").data
        assert [(each["name"], each["by"]) for each in data["guardrails_loosened"]] == [
            ("from the office", max_.actor_name)
        ]

    def test_a_policy_that_kept_it_is_released_by_anybody(
        self, loosen, ada: Viewer, max_: Viewer, approved: Review
    ) -> None:
        loosen(max_, make_on(max_, only_from_office("kms:CreateKey")))
        release(by=ada, review=approved)
        assert "guardrails_loosened" not in Event.objects.get(action="review.released").data

    def test_after_thirty_days_anybody_releases_again(
        self, loosen, ada: Viewer, max_: Viewer, approved: Review, monkeypatch
    ) -> None:
        loosen(max_, make_on(max_, ENCRYPT))
        monkeypatch.setattr(loosened, "LATELY", timedelta(0))
        release(by=ada, review=approved)


def test_an_admin_who_wrote_the_policy_is_no_second_one(
    rui: Viewer, max_: Viewer, mia: Viewer, development: Account
) -> None:
    review = propose(by=mia, policy=make_policy(mia, "hers"), message="please look")
    approve(rui, review)
    switch_off(by=max_, guardrail=make_on(max_, ENCRYPT))
    assert "you wrote" in refused(mia, review)


def test_two_who_loosened_in_turn_are_both_held(max_: Viewer, mia: Viewer, approved: Review) -> None:
    guardrail = make_on(max_, ENCRYPT)
    switch_off(by=max_, guardrail=guardrail)
    turn_on(mia, guardrail_get(mia, guardrail.pk))
    switch_off(by=mia, guardrail=guardrail_get(mia, guardrail.pk))
    for person in (max_, mia):
        assert "that was you" in refused(person, approved)


def test_what_is_in_force_again_holds_by_itself_and_not_by_its_past(
    ada: Viewer, max_: Viewer, approved: Review
) -> None:
    guardrail = make_on(max_, ENCRYPT)
    switch_off(by=max_, guardrail=guardrail)
    turn_on(max_, guardrail_get(max_, guardrail.pk))
    assert loosened_over(approved.policy) == []
    revise(by=ada, policy=approved.policy, source=source_text(actions=("kms:Decrypt",)), message="x")
    assert loosened_over(approved.policy) == []


def test_where_nothing_was_loosened_one_query_says_so(max_: Viewer, approved: Review) -> None:
    make_on(max_, ENCRYPT)
    with CaptureQueriesContext(connection) as queries:
        assert loosened_over(approved.policy) == []
    assert len(queries) == 1


def test_the_review_says_who_has_to_release(max_: Viewer, mia: Viewer, approved: Review) -> None:
    switch_off(by=max_, guardrail=make_on(max_, ENCRYPT))
    address = f"/reviews/{approved.pk}/"
    held = browser_of(max_).get(address).content.decode()
    assert "Another admin has to release this" in held
    form = f'action="{reverse("review_release", args=[approved.pk])}"'
    assert form not in held
    free = browser_of(mia).get(address).content.decode()
    assert "Another admin has to release this" not in free
    assert form in free


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_take_the_last_room(max_: Viewer, mia: Viewer, monkeypatch) -> None:
    monkeypatch.setattr(write_guardrail, "MAX_GUARDRAILS", 1)
    outcomes = race(
        partial(make_guardrail, max_, ENCRYPT, "one"), partial(make_guardrail, mia, ENCRYPT, "two")
    )
    assert sum(isinstance(each, InvalidInput) for each in outcomes) == 1
    assert Guardrail.objects.count() == 1
