"""Asking for a waiver, agreeing to it, refusing it, ending it: who may, what it does, and what the trail says."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.errors import InvalidInput, NotAllowed, NotFound
from policystudio.policies.judging import judge
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.standards.services.set_severity import set_severity
from policystudio.teams.services.change_role import change_role
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.refusals import AlreadyRequested, OwnWaiver, WaiverDecided, WaiverExpired
from policystudio.waivers.selectors import UNUSED, WaiverFilters, waiver_get, waivers, waivers_for
from policystudio.waivers.services.decide_waiver import accept_waiver, refuse_waiver
from policystudio.waivers.services.end_waiver import end_waiver
from policystudio.waivers.services.request_waiver import MAX_DAYS, request_waiver
from policystudio.waivers.weighing import judged
from tests.factories import make_policy, make_released, source_text
from tests.waivers.findings import DANGEROUS, REPEATED, finding_of, now, request, soon

pytestmark = pytest.mark.django_db

CODE = "repeated-action"


@pytest.fixture
def repeating(ada, development):
    """A policy of Ada's with one finding, a suggestion."""
    return make_policy(ada, source=REPEATED)


def state(waiver, today=None):
    return Waiver.objects.get(pk=waiver.pk).state_on(today or timezone.localdate())


def stands(policy):
    """How the finding stands: the state of its waiver, and whether it is waived."""
    found = finding_of(policy, CODE)
    return found.state, found.is_waived


def codes_of(refused):
    return {problem.pointer: problem.code for problem in refused.value.problems}


def test_a_waiver_counts_once_somebody_else_accepted_it(ada, rui, repeating):
    assert stands(repeating) == (None, False)
    waiver = request(ada, repeating, CODE)
    assert stands(repeating) == (State.REQUESTED, False)
    assert finding_of(repeating, CODE).is_explained
    accept_waiver(by=rui, waiver=waiver, remark="fine until then")
    assert stands(repeating) == (State.ACCEPTED, True)
    end_waiver(by=ada, waiver=waiver)
    assert stands(repeating) == (None, False)
    assert [event.action for event in Event.objects.filter(object_type="waiver").order_by("sequence")] == [
        "waiver.requested",
        "waiver.accepted",
        "waiver.ended",
    ]
    assert Event.objects.get(action="waiver.requested").data["reason"] == waiver.reason
    assert verify(ada.team_id).valid


def test_a_refused_waiver_does_nothing_and_another_may_be_asked_for(ada, rui, repeating):
    waiver = request(ada, repeating, CODE)
    refuse_waiver(by=rui, waiver=waiver, remark="mend it")
    assert stands(repeating) == (None, False)
    assert not finding_of(repeating, CODE).is_explained
    with pytest.raises(WaiverDecided):
        accept_waiver(by=rui, waiver=waiver)
    with pytest.raises(WaiverDecided):
        end_waiver(by=ada, waiver=waiver)
    assert state(request(ada, repeating, CODE)) is State.REQUESTED


def test_nobody_decides_on_a_waiver_of_their_own(rui, max_, development):
    policy = make_policy(max_, source=REPEATED)
    waiver = request(rui, policy, CODE)
    for decide in (accept_waiver, refuse_waiver):
        for person in (rui, max_):
            with pytest.raises(OwnWaiver):
                decide(by=person, waiver=waiver)
    assert state(waiver) is State.REQUESTED


def test_whoever_shaped_the_policy_does_not_decide(ada, rui, noor, repeating):
    waiver = request(ada, repeating, CODE)
    set_targets(by=rui, policy=repeating, targets=[])
    with pytest.raises(OwnWaiver):
        accept_waiver(by=rui, waiver=waiver)
    accept_waiver(by=noor, waiver=waiver)


def test_the_database_itself_refuses_a_waiver_decided_by_whoever_asked(ada, repeating):
    waiver = request(ada, repeating, CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=waiver.pk).update(state="accepted", decided_by=ada.user)


@pytest.mark.parametrize("person", ["vera", "ada"])
def test_only_reviewers_decide(person, rui, repeating, request: pytest.FixtureRequest):
    waiver = request_of(rui, repeating)
    with pytest.raises(NotAllowed):
        accept_waiver(by=request.getfixturevalue(person), waiver=waiver)
    with pytest.raises(NotAllowed):
        refuse_waiver(by=request.getfixturevalue(person), waiver=waiver)


def request_of(by, policy):
    return request(by, policy, CODE)


def test_viewers_neither_ask_nor_end(ada, vera, repeating):
    with pytest.raises(NotAllowed):
        request(vera, repeating, CODE)
    waiver = request(ada, repeating, CODE)
    with pytest.raises(NotAllowed):
        end_waiver(by=vera, waiver=waiver)


def test_strangers_find_no_waiver(ada, sam, repeating):
    waiver = request(ada, repeating, CODE)
    assert not waivers(sam).exists()
    with pytest.raises(NotFound):
        waiver_get(sam, waiver.pk)
    for service in (accept_waiver, refuse_waiver, end_waiver):
        with pytest.raises(NotFound):
            service(by=sam, waiver=waiver)
    with pytest.raises(NotFound):
        request(sam, repeating, CODE)


def test_errors_are_not_waived_and_neither_is_what_the_team_made_one(ada, rui, max_, repeating):
    waiver = accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    set_severity(by=max_, code=CODE, severity="error", reason="from now on")
    assert stands(repeating) == (None, False)
    with pytest.raises(InvalidInput) as refused:
        request(ada, repeating, CODE)
    assert codes_of(refused) == {"/code": "error-not-waivable"}
    assert state(waiver) is State.ACCEPTED
    assert [each.pk for each in waivers(ada, WaiverFilters(UNUSED))] == [waiver.pk]


def test_a_waiver_needs_a_finding_a_reason_and_a_day_within_a_year(ada, repeating):
    mark = finding_of(repeating, CODE).fingerprint
    good = {"by": ada, "policy": repeating, "code": CODE, "fingerprint": mark, "reason": "r", "until": soon()}
    for changed, problem in (
        ({"reason": "  "}, {"/reason": "required"}),
        ({"until": timezone.localdate() - timedelta(days=1)}, {"/until": "out-of-range"}),
        ({"until": timezone.localdate() + timedelta(days=MAX_DAYS + 1)}, {"/until": "out-of-range"}),
        ({"fingerprint": "0" * 32}, {"/fingerprint": "unknown-finding"}),
        ({"code": "unknown-action"}, {"/fingerprint": "unknown-finding"}),
    ):
        with pytest.raises(InvalidInput) as refused:
            request_waiver(**{**good, **changed})
        assert codes_of(refused) == problem
    assert request_waiver(**{**good, "until": timezone.localdate() + timedelta(days=MAX_DAYS)}).pk


def test_one_waiver_at_a_time_waits_for_a_finding(ada, repeating):
    request(ada, repeating, CODE)
    with pytest.raises(AlreadyRequested):
        request(ada, repeating, CODE)


def test_a_renewed_waiver_takes_the_place_of_the_one_before(ada, rui, repeating):
    first = accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    second = request(ada, repeating, CODE, until=soon(90))
    assert finding_of(repeating, CODE).waiver == first
    accept_waiver(by=rui, waiver=second)
    assert finding_of(repeating, CODE).waiver == second
    assert (state(first), state(second)) == (State.ENDED, State.ACCEPTED)


def test_an_expired_waiver_no_longer_counts_and_is_still_shown(ada, rui, repeating):
    waiver = accept_waiver(by=rui, waiver=request(ada, repeating, CODE, until=soon(10)))
    last = waiver.until
    assert finding_of(repeating, CODE, on=last).is_waived
    after = finding_of(repeating, CODE, on=last + timedelta(days=1))
    assert (after.is_waived, after.is_explained, after.state) == (False, False, State.EXPIRED)
    assert after.may_be_waived


def test_what_nobody_decided_on_in_time_waits_no_longer(ada, rui, repeating):
    waiver = request(ada, repeating, CODE)
    Waiver.objects.filter(pk=waiver.pk).update(until=date(2020, 1, 1))
    assert state(waiver) is State.EXPIRED
    with pytest.raises(WaiverExpired):
        accept_waiver(by=rui, waiver=waiver)
    assert [each.pk for each in waivers(ada, WaiverFilters("expired"))] == [waiver.pk]
    assert not waivers(ada, WaiverFilters("requested")).exists()
    accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    assert state(waiver) is State.ENDED
    assert verify(ada.team_id).valid


def test_a_waiver_survives_edits_elsewhere_and_not_of_what_it_speaks_of(ada, rui, repeating):
    accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    revise(by=ada, policy=repeating, source=DANGEROUS, message="something else")
    repeating.refresh_from_db()
    assert not any(each.is_waived for each in all_judged(repeating))


def all_judged(policy):
    validation = judge(policy, newest_revision(policy), targets_of(policy))
    return judged(validation, waivers_for(policy))


def test_a_waiver_does_not_spread_to_more_under_the_same_sid(ada, rui, development):
    def text(**more):
        statement = {"Sid": "A", "Effect": "Allow", "Action": "kms:*", **more}
        return json.dumps({"Version": "1", "Statement": [statement]})

    narrow = text(
        Resource="acs:kms:${region}:${account}:key/key-shh0123456789abcdefgh",
        Condition={"IpAddress": {"acs:SourceIp": "192.0.2.0/24"}},
    )
    policy = make_policy(ada, source=narrow)
    accept_waiver(by=rui, waiver=request(ada, policy, "every-kms-action"))
    assert finding_of(policy, "every-kms-action").is_waived
    revise(by=ada, policy=now(policy), source=text(Resource="acs:kms:${region}:${account}:key/*"))
    wide = finding_of(policy, "every-kms-action")
    assert not wide.is_waived
    assert not wide.is_explained


def test_a_waiver_that_no_finding_needs_raises_an_alarm(ada, rui, repeating):
    waiver = accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    assert not waivers(ada, WaiverFilters(UNUSED)).exists()
    revise(by=ada, policy=repeating, source=source_text(), message="mended")
    assert [each.pk for each in waivers(ada, WaiverFilters(UNUSED))] == [waiver.pk]
    end_waiver(by=ada, waiver=waiver)
    assert not waivers(ada, WaiverFilters(UNUSED)).exists()


def test_a_waiver_that_the_released_revision_needs_is_in_use(ada, rui, development):
    policy = make_released(ada, rui, source=REPEATED)
    accept_waiver(by=rui, waiver=request(ada, policy, CODE))
    revise(by=ada, policy=policy, source=source_text(), message="mended")
    assert not waivers(ada, WaiverFilters(UNUSED)).exists()


def test_waivers_of_deleted_policies_are_out_of_sight(ada, rui, repeating):
    waiver = request(ada, repeating, CODE)
    delete_policy(by=ada, policy=repeating)
    assert not waivers(ada).exists()
    with pytest.raises(NotFound):
        accept_waiver(by=rui, waiver=waiver)


def test_an_acceptance_outlives_the_role_of_whoever_gave_it(ada, rui, max_, repeating):
    accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    change_role(by=max_, member=rui.member, role="viewer")
    assert stands(repeating) == (State.ACCEPTED, True)
