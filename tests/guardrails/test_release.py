"""A guardrail that is on refuses a release that breaks it, with a request that shows it; exceptions let one through."""

from __future__ import annotations

import json
from datetime import timedelta
from time import monotonic

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.accounts.services.update_account import update_account
from policystudio.analysis.comparing import Answer, Verdict
from policystudio.analysis.deciding import STATED
from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.errors import InvalidInput, NotAllowed, NotFound, Stale
from policystudio.guardrails import judging
from policystudio.guardrails.blocking import breaches_of
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.guardrails.preview import preview
from policystudio.guardrails.refusals import (
    AlreadyRequested,
    ExemptionDecided,
    GuardrailOff,
    GuardrailOn,
    MovedOn,
    NameTaken,
    NotBroken,
    OwnExemption,
    PreviewOutdated,
)
from policystudio.guardrails.selectors import exemption_get, guardrail_get
from policystudio.guardrails.services.decide_exemption import (
    end_exemption,
    grant_exemption,
    refuse_exemption,
)
from policystudio.guardrails.services.switch_guardrail import remove_guardrail, switch_off, switch_on
from policystudio.guardrails.services.write_guardrail import change_guardrail
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady
from policystudio.review.services.release import release
from policystudio.review.standing import standing, standings
from policystudio.teams.permissions import Role
from tests.factories import (
    DEVELOPMENT,
    HANGZHOU,
    SHANGHAI,
    approve,
    make_member,
    make_policy,
    make_released,
    source_text,
)
from tests.guardrails.rules import ask, make_guardrail, make_on, never, only_from_office, soon, turn_on

pytestmark = pytest.mark.django_db

ENCRYPT = only_from_office("kms:Encrypt")


@pytest.fixture
def mia(team):
    """A second admin."""
    return make_member(team, "mia", Role.ADMIN)


@pytest.fixture
def approved(ada, rui, review):
    approve(rui, review)
    return review


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_a_release_that_breaks_a_guardrail_is_refused_with_a_request_and_the_statement(ada, max_, approved):
    make_on(max_, ENCRYPT)
    with pytest.raises(NotReady) as refused:
        release(by=ada, review=approved)
    [problem] = refused.value.problems
    assert (problem.code, problem.pointer) == ("guardrail-broken", "/source/Statement/0")
    assert "kms:Encrypt" in problem.detail
    assert "from the office" in problem.detail
    assert DEVELOPMENT in problem.detail
    assert not Policy.objects.get(pk=approved.policy_id).released_number


def test_the_review_says_so_before(max_, review):
    make_on(max_, ENCRYPT)
    assert "guardrail-broken" in [p.code for p in standing(review).blocked_by]


def test_a_guardrail_that_is_off_or_kept_or_elsewhere_stops_nothing(ada, max_, approved):
    make_guardrail(max_, ENCRYPT, "off")
    make_on(max_, never("kms:ScheduleKeyDeletion"), "kept")
    make_on(max_, only_from_office("kms:Encrypt", scope={"environments": ["production"]}), "elsewhere")
    make_on(max_, only_from_office("kms:Encrypt", scope={"regions": [SHANGHAI]}), "other region")
    make_on(max_, only_from_office("kms:Encrypt", scope={"except_policies": ["APP-*"]}), "left out")
    release(by=ada, review=approved)


def test_what_cannot_be_told_counts_as_broken(ada, max_, approved, monkeypatch):
    make_on(max_, ENCRYPT)
    told = Verdict(Answer.UNKNOWN, (), False, None, None, STATED)
    monkeypatch.setattr(judging, "guard", lambda *_, **__: told)
    judging._judge.cache_clear()
    with pytest.raises(NotReady) as refused:
        release(by=ada, review=approved)
    judging._judge.cache_clear()
    assert codes(refused) == ["guardrail-broken"]
    assert "cannot be told" in refused.value.problems[0].detail


def test_switching_off_lets_the_release_through(ada, max_, mia, approved):
    guardrail = make_on(max_, ENCRYPT)
    switch_off(by=max_, guardrail=guardrail)
    release(by=mia, review=approved)
    with pytest.raises(GuardrailOff):
        switch_off(by=max_, guardrail=guardrail)


def test_switching_on_needs_the_preview_of_what_is_there_now(ada, max_, policy):
    guardrail = make_guardrail(max_, ENCRYPT)
    for token in ("", "0" * 64):
        with pytest.raises(PreviewOutdated):
            switch_on(by=max_, guardrail=guardrail, preview=token)
    seen = preview(max_.team_id, guardrail.definition)
    assert [stop.policy for stop in seen.stops] == [policy]
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="x")
    with pytest.raises(PreviewOutdated):
        switch_on(by=max_, guardrail=guardrail, preview=seen.token)
    seen = preview(max_.team_id, guardrail.definition)
    assert not seen.stops
    switch_on(by=max_, guardrail=guardrail, preview=seen.token)
    with pytest.raises(GuardrailOn):
        turn_on(max_, guardrail)


def test_a_new_wording_counts_once_it_is_switched_on_too(ada, max_, mia, approved):
    guardrail = make_on(max_, ENCRYPT)
    change_guardrail(by=max_, guardrail=guardrail, name="n", definition=never("kms:ScheduleKeyDeletion"))
    with pytest.raises(NotReady):
        release(by=ada, review=approved)
    guardrail = guardrail_get(max_, guardrail.pk)
    assert guardrail.is_changed
    turn_on(max_, guardrail)
    release(by=mia, review=approved)


def test_what_is_out_stays_out_and_is_listed_with_the_smallest_repair(ada, rui, max_, development):
    policy = make_released(ada, rui)
    guardrail = make_on(max_, ENCRYPT)
    [stop] = preview(max_.team_id, guardrail.definition).stops
    assert (stop.policy, stop.released_number) == (policy, 1)
    assert stop.released
    assert stop.repair is not None
    assert "acs:SourceIp" in stop.repair.text
    revise(by=ada, policy=policy, source=stop.repair.source, message="from the office only")
    [stop] = preview(max_.team_id, guardrail.definition).stops
    assert stop.released
    assert not stop.newest


def test_only_admins_write_and_strangers_see_nothing(ada, rui, max_, sam):
    guardrail = make_guardrail(max_, ENCRYPT)
    for by in (ada, rui):
        with pytest.raises(NotAllowed):
            make_guardrail(by, ENCRYPT, "mine")
        with pytest.raises(NotAllowed):
            turn_on(by, guardrail)
        with pytest.raises(NotAllowed):
            remove_guardrail(by=by, guardrail=guardrail)
    for attempt in (turn_on, lambda by, g: remove_guardrail(by=by, guardrail=g)):
        with pytest.raises(NotFound):
            attempt(sam, guardrail)
    with pytest.raises(NotFound):
        guardrail_get(sam, guardrail.pk)


def test_a_name_is_there_once_and_only_what_is_off_is_removed(max_):
    guardrail = make_on(max_, ENCRYPT, "One")
    with pytest.raises(NameTaken):
        make_guardrail(max_, ENCRYPT, "one")
    with pytest.raises(GuardrailOn):
        remove_guardrail(by=max_, guardrail=guardrail)
    guardrail = switch_off(by=max_, guardrail=guardrail)
    with pytest.raises(Stale):
        remove_guardrail(by=max_, guardrail=guardrail, expected_version=1)
    remove_guardrail(by=max_, guardrail=guardrail, expected_version=guardrail.version)
    make_guardrail(max_, ENCRYPT, "one")
    assert Guardrail.objects.count() == 2


def test_every_change_is_in_the_trail(ada, max_, mia, policy, team):
    guardrail = make_on(max_, ENCRYPT)
    first = ask(ada, guardrail, policy)
    grant_exemption(by=max_, exemption=first, remark="once")
    end_exemption(by=ada, exemption=first)
    refuse_exemption(by=mia, exemption=ask(ada, guardrail, policy))
    guardrail = change_guardrail(by=max_, guardrail=guardrail, name="b", definition=ENCRYPT)
    remove_guardrail(by=max_, guardrail=switch_off(by=max_, guardrail=guardrail))
    told = [e.action for e in Event.objects.order_by("sequence") if e.action.startswith("guardrail")]
    assert told == [
        "guardrail.created",
        "guardrail.switched_on",
        "guardrail_exception.requested",
        "guardrail_exception.granted",
        "guardrail_exception.ended",
        "guardrail_exception.requested",
        "guardrail_exception.refused",
        "guardrail.changed",
        "guardrail.switched_off",
        "guardrail.removed",
    ]
    assert verify(team.pk).valid


def test_an_exception_counts_once_another_admin_granted_it(ada, max_, approved):
    guardrail = make_on(max_, ENCRYPT)
    exemption = ask(ada, guardrail, approved.policy)
    with pytest.raises(NotReady):
        release(by=ada, review=approved)
    grant_exemption(by=max_, exemption=exemption)
    [breach] = standing(approved).breaches
    assert breach.is_covered
    release(by=ada, review=approved)


def test_nobody_grants_what_they_asked_for_or_wrote_and_no_reviewer_does(ada, rui, max_, mia, policy):
    guardrail = make_on(max_, ENCRYPT)
    own = ask(max_, guardrail, policy)
    with pytest.raises(OwnExemption):
        grant_exemption(by=max_, exemption=own)
    for by in (ada, rui):
        with pytest.raises(NotAllowed):
            grant_exemption(by=by, exemption=own)
    revise(by=mia, policy=policy, source=source_text(key="key-hzz0000000000002"), message="x")
    exemption = ask(ada, guardrail, policy)
    with pytest.raises(OwnExemption):
        grant_exemption(by=mia, exemption=exemption)
    grant_exemption(by=max_, exemption=exemption)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemption.objects.filter(pk=own.pk).update(state="granted", decided_by=max_.actor_id)


@pytest.mark.parametrize("change", ["source", "targets", "guardrail", "environment"])
def test_an_exception_covers_only_what_was_looked_at(ada, rui, max_, development, change):
    policy = make_policy(ada)
    guardrail = make_on(max_, ENCRYPT)
    exemption = ask(ada, guardrail, policy)
    grant_exemption(by=max_, exemption=exemption)
    if change == "source":
        revise(by=ada, policy=policy, source=source_text(key="key-hzz0000000000002"), message="x")
    elif change == "targets":
        both = [{"account": DEVELOPMENT, "region": r} for r in (HANGZHOU, SHANGHAI)]
        set_targets(by=ada, policy=policy, targets=both)
    elif change == "environment":
        update_account(by=max_, account=development, environment="production", required_approvals=1)
    else:
        change_guardrail(by=max_, guardrail=guardrail, name="n", definition=never("kms:Encrypt"))
        turn_on(max_, guardrail_get(max_, guardrail.pk))
    review = propose(by=ada, policy=policy, message="please look")
    approve(rui, review)
    with pytest.raises(NotReady) as refused:
        release(by=ada, review=review)
    assert codes(refused) == ["guardrail-broken"]


def test_an_exception_ends_by_itself(ada, max_, approved, monkeypatch):
    guardrail = make_on(max_, ENCRYPT)
    grant_exemption(by=max_, exemption=ask(ada, guardrail, approved.policy, until=soon(1)))
    later = timezone.localdate() + timedelta(days=2)
    monkeypatch.setattr(timezone, "localdate", lambda: later)
    with pytest.raises(NotReady):
        release(by=ada, review=approved)


def test_what_cannot_be_asked_for_is_refused(ada, max_, sam, policy):
    kept = make_on(max_, never("kms:ScheduleKeyDeletion"), "kept")
    off = make_guardrail(max_, ENCRYPT, "off")
    with pytest.raises(NotBroken):
        ask(ada, kept, policy)
    with pytest.raises(GuardrailOff):
        ask(ada, off, policy)
    on = turn_on(max_, off)
    with pytest.raises(InvalidInput) as refused:
        ask(ada, on, policy, reason=" ", until=soon(91))
    assert {p.pointer for p in refused.value.problems} == {"/reason", "/until"}
    with pytest.raises(NotFound):
        ask(sam, on, policy)
    exemption = ask(ada, on, policy)
    with pytest.raises(AlreadyRequested):
        ask(ada, on, policy)
    with pytest.raises(NotFound):
        exemption_get(sam, exemption.pk)
    with pytest.raises(NotFound):
        grant_exemption(by=sam, exemption=exemption)
    revise(by=ada, policy=policy, source=source_text(key="key-hzz0000000000002"), message="x")
    with pytest.raises(MovedOn):
        grant_exemption(by=max_, exemption=exemption)
    grant_exemption(by=max_, exemption=ask(ada, on, policy))
    with pytest.raises(ExemptionDecided):
        end_exemption(by=ada, exemption=exemption)


def test_many_reviews_ask_no_more_questions_than_one(ada, max_, development, django_assert_max_num_queries):
    make_on(max_, ENCRYPT)
    make_on(max_, never("kms:*"), "nothing")
    found = [propose(by=ada, policy=make_policy(ada, f"app-{n}"), message="please look") for n in range(4)]
    with django_assert_max_num_queries(11):
        stands = standings(found)
    assert all(len(each.breaches) == 2 for each in stands.values())


def test_an_account_that_becomes_production_brings_its_policies_in(ada, max_, development, approved):
    make_on(max_, only_from_office("kms:Encrypt", scope={"environments": ["production"]}))
    assert standing(approved).blocked_by == ()
    update_account(by=max_, account=development, environment="production", required_approvals=1)
    assert [p.code for p in standing(approved).blocked_by] == ["guardrail-broken"]


def test_a_policy_built_to_explode_is_refused_within_its_time(ada, rui, max_, development):
    lists = [[f"acs:kms:*:*:key/*{a}*{b}*{c}*" for a in "abc" for b in "de"] for c in "fghijklm"]
    statements = [
        {"Effect": effect, "Action": "kms:*", "Resource": resources}
        for resources, effect in zip(lists, ["Allow", "Deny"] * 4, strict=True)
    ]
    policy = make_policy(ada, source=json.dumps({"Version": "1", "Statement": statements}))
    make_guardrail(max_, ENCRYPT)
    started = monotonic()
    make_on(max_, only_from_office("kms:*"), "all")
    assert monotonic() - started < 20
    [breach] = breaches_of(policy)
    assert breach.problems()


def test_a_combined_policy_is_judged_with_all_regions_of_an_account(ada, max_, development):
    own_region = never(
        "kms:*", resources=["acs:kms:*:*:*"], unless=[{"resources": ["acs:kms:${region}:*:*"]}]
    )
    both = [(DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI)]
    policy = make_policy(ada, targets=both, region_mode="combined")
    make_on(max_, own_region)
    assert breaches_of(policy) == []
    source = source_text().replace("${region}", "*")
    revise(by=ada, policy=policy, source=source, message="wider")
    [breach] = breaches_of(Policy.objects.get(pk=policy.pk))
    assert len(breach.found[0].targets) == 2
