"""What admins see of a guardrail before it counts, how a policy is repaired, and what a release tells afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.guardrails.breaking import Subject, broken
from policystudio.guardrails.preview import preview
from policystudio.guardrails.reading import read_definition
from policystudio.guardrails.refusals import (
    NotAllJudged,
    PreviewOutdated,
)
from policystudio.guardrails.repairs import smallest_repair
from policystudio.guardrails.selectors import guardrail_get
from policystudio.guardrails.services.switch_guardrail import switch_off, switch_on
from policystudio.guardrails.services.write_guardrail import change_guardrail
from policystudio.guardrails.switched_off import switched_off_lately
from policystudio.policies.models import Policy
from policystudio.ram.render import Target
from policystudio.review.services.release import release
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
from tests.guardrails.rules import make_guardrail, make_on, never, only_from_office, turn_on

pytestmark = pytest.mark.django_db

ENCRYPT = only_from_office("kms:Encrypt")


@pytest.fixture
def approved(ada, rui, review):
    approve(rui, review)
    return review


@pytest.mark.parametrize("source", ["{}", '{"Version": "1", "Statement": {}}', '{"Statement": [{}]}'])
def test_a_draft_that_cannot_be_read_is_listed_as_unreadable(ada, max_, development, source):
    policy = make_policy(ada, source=source)
    floor = {"kind": "deny-floor", "never": {"actions": ["kms:DeleteSecret"]}}
    for definition in (ENCRYPT, floor):
        [stop] = preview(max_.team_id, read_definition(definition)).stops
        assert (stop.policy, stop.repair) == (policy, None)
        assert [each.outcome.reason for each in stop.newest] == ["unreadable"]


def repaired(subject_source, definition):
    wording = read_definition(definition)
    target = Target(DEVELOPMENT, HANGZHOU)
    subject = Subject("app", subject_source, (target,))
    day = timezone.localdate()
    found = tuple(broken(wording, subject, {}, day))
    repair = smallest_repair(wording, subject, found, {}, day)
    assert found
    assert repair is not None
    assert repair.source is not None
    assert not broken(wording, replace(subject, source=repair.source), {}, day)
    return repair.text, json.loads(repair.source)["Statement"]


def test_where_nothing_smaller_works_a_deny_of_the_guardrails_shape_is_the_repair():
    text, statements = repaired(
        source_text(actions=("kms:*",)), never("kms:DeleteSecret", "kms:ReleaseKmsInstance")
    )
    assert text == "add a Deny statement of the guardrail: `kms:DeleteSecret` or `kms:ReleaseKmsInstance`"
    assert statements[-1] == {
        "Effect": "Deny",
        "Action": ["kms:DeleteSecret", "kms:ReleaseKmsInstance"],
        "Resource": ["*"],
    }


def test_a_document_that_may_never_do_both_gets_a_deny_of_one_of_the_two():
    both = {
        "kind": "separation",
        "never": {"actions": ["kms:CreateKey"]},
        "other": {"actions": ["kms:Encrypt"]},
    }
    _text, statements = repaired(source_text(actions=("kms:*",)).replace('"acs:kms:', '"acs:*:'), both)
    assert (len(statements), statements[-1]["Action"]) == (2, ["kms:CreateKey"])


def test_the_deny_leaves_out_what_the_exceptions_allow_where_that_can_be_said():
    statement = json.loads(source_text(actions=("kms:*",)))["Statement"][0]
    wide = {**statement, "Condition": {"IpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}}
    source = json.dumps({"Version": "1", "Statement": [wide]})
    text, statements = repaired(source, only_from_office("kms:DeleteSecret"))
    assert "but for its exceptions" in text
    assert statements[-1]["Condition"] == {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}


def test_what_a_preview_had_no_time_for_is_looked_at_before_switching_on(
    ada, rui, max_, development, monkeypatch
):
    policy = make_released(ada, rui)
    guardrail = make_guardrail(max_, ENCRYPT)
    monkeypatch.setattr("policystudio.guardrails.preview.MAX_SECONDS", -1.0)
    seen = preview(max_.team_id, guardrail.definition)
    assert (seen.judged, seen.left, seen.stops) == (0, (policy,), ())
    with pytest.raises(NotAllJudged, match=policy.name):
        switch_on(by=max_, guardrail=guardrail, preview=seen.token)
    for token in (seen.token.split(".")[0], f"{seen.token}.1", seen.token.replace(".1.", ".0.")):
        with pytest.raises(PreviewOutdated):
            switch_on(by=max_, guardrail=guardrail, preview=token)
    monkeypatch.undo()
    turn_on(max_, guardrail)


def test_a_release_says_in_the_trail_who_switched_a_guardrail_over_it_off(max_, team, approved):
    over = make_on(max_, ENCRYPT, "over it")
    elsewhere = make_on(max_, only_from_office("kms:Encrypt", scope={"regions": [SHANGHAI]}), "elsewhere")
    for guardrail in (over, elsewhere):
        switch_off(by=max_, guardrail=guardrail)
    change_guardrail(by=max_, guardrail=over, name="renamed", definition=never("kms:DeleteSecret"))
    turn_on(max_, guardrail_get(max_, over.pk))
    release(by=make_member(team, "mia", Role.ADMIN), review=approved)
    told = Event.objects.get(action="review.released").data["guardrails_switched_off"]
    assert [(each["guardrail"], each["name"], each["by"]) for each in told] == [
        (over.pk, "over it", max_.actor_name)
    ]
    policy = Policy.objects.get(pk=approved.policy_id)
    later = timezone.now() + timedelta(days=31)
    assert switched_off_lately(policy, [Target(DEVELOPMENT, HANGZHOU)], later) == []
