"""Revising, renaming, retargeting and deleting; each compares the version that the caller read."""

from __future__ import annotations

from functools import partial

import pytest

from policystudio.audit.models import Event
from policystudio.errors import Conflict, InvalidInput, NotAllowed, NotFound, Stale
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import (
    PolicyFilters,
    policies,
    policy_get,
    revision_get,
    revisions,
    targets_of,
)
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.policies.services.naming import NameTaken
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.ram.render import Target
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from tests.factories import (
    DEVELOPMENT,
    FRANKFURT,
    HANGZHOU,
    approve,
    make_policy,
    make_released,
    source_text,
)

CHANGES = {
    "revise": partial(revise, source=source_text(actions=("kms:Decrypt",))),
    "update": partial(update_policy, description="other"),
    "retarget": partial(set_targets, targets=[Target(DEVELOPMENT, FRANKFURT)]),
    "delete": delete_policy,
}


@pytest.fixture(params=CHANGES)
def change(request):
    return CHANGES[request.param]


def test_change_with_the_version_that_was_read_is_made_and_another_is_stale(ada, rui, policy, change):
    with pytest.raises(Stale):
        change(by=ada, policy=policy, expected_version=policy.version + 1)
    change(by=ada, policy=policy, expected_version=policy.version)
    assert Policy.objects.get(pk=policy.pk).version == policy.version + 1
    with pytest.raises((Stale, NotFound)):
        change(by=rui, policy=policy, expected_version=policy.version)


def test_viewer_and_stranger_change_nothing(vera, sam, ada, policy, change):
    before = Event.objects.count()
    with pytest.raises(NotAllowed):
        change(by=vera, policy=policy)
    with pytest.raises(NotFound):
        change(by=sam, policy=policy)
    assert Event.objects.count() == before
    change(by=ada, policy=policy)
    assert Event.objects.count() == before + 1


def test_revisions_are_numbered_and_stay(ada, rui, policy):
    revise(by=rui, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="two")
    revise(by=ada, policy=policy, source=source_text(), message="back to one")
    one, two, three = reversed(revisions(ada, policy.pk))
    assert [r.number for r in (one, two, three)] == [1, 2, 3]
    assert one.sha256 == three.sha256 != two.sha256
    assert revision_get(ada, policy.pk, 2).author_name == "rui"
    with pytest.raises(NotFound):
        revision_get(ada, policy.pk, 4)


def test_state_follows_what_happens(ada, rui, development):
    policy = make_released(ada, rui)
    states = [policy_get(ada, policy.pk).state]
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="two")
    states.append(policy_get(ada, policy.pk).state)
    review = propose(by=ada, policy=policy)
    states.append(policy_get(ada, policy.pk).state)
    withdraw(by=ada, review=review)
    states.append(policy_get(ada, policy.pk).state)
    assert states == ["released", "changed", "in_review", "changed"]


@pytest.mark.parametrize(
    "change",
    [
        partial(set_targets, targets=[Target(DEVELOPMENT, FRANKFURT)]),
        partial(update_policy, name="renamed"),
        partial(update_policy, region_mode="combined"),
    ],
    ids=["targets", "name", "region mode"],
)
def test_released_policy_in_another_shape_is_changed_until_that_is_released(ada, rui, development, change):
    def found(state):
        return list(policies(ada, PolicyFilters(state=state)))

    policy = make_released(ada, rui)
    assert (found("released"), found("changed")) == ([policy], [])
    change(by=ada, policy=policy)
    assert policy_get(ada, policy.pk).state == "changed"
    assert (found("released"), found("changed")) == ([], [policy])
    review = propose(by=ada, policy=policy, message="m")
    approve(rui, review)
    release(by=ada, review=review)
    assert policy_get(ada, policy.pk).state == "released"
    assert (found("released"), found("changed")) == ([policy], [])


def test_new_description_leaves_a_policy_released(ada, rui, development):
    policy = make_released(ada, rui)
    update_policy(by=ada, policy=policy, description="x" * 1024)
    assert policy_get(ada, policy.pk).state == "released"
    with pytest.raises(InvalidInput) as error:
        update_policy(by=ada, policy=policy, description="x" * 1025)
    assert error.value.problems[0].pointer == "/description"


def test_only_what_is_given_changes_and_nothing_new_is_no_event(ada, policy):
    before = Event.objects.count()
    assert update_policy(by=ada, policy=policy, name=policy.name).version == policy.version
    assert set_targets(by=ada, policy=policy, targets=targets_of(policy)).version == policy.version
    assert Event.objects.count() == before
    changed = update_policy(by=ada, policy=policy, name="APP-decrypt")
    assert (changed.name, changed.description, changed.region_mode) == ("APP-decrypt", "", "separate")


def test_new_name_is_checked_like_a_first_one(ada, policy):
    make_policy(ada, "taken")
    with pytest.raises(NameTaken):
        update_policy(by=ada, policy=policy, name="TAKEN")
    with pytest.raises(InvalidInput):
        update_policy(by=ada, policy=policy, name="not good")
    long = "a" * 128
    update_policy(by=ada, policy=policy, name=long, region_mode="combined")
    with pytest.raises(InvalidInput):
        update_policy(by=ada, policy=policy, region_mode="separate")
    set_targets(by=ada, policy=policy, targets=[])
    update_policy(by=ada, policy=policy, region_mode="separate")
    with pytest.raises(InvalidInput):
        set_targets(by=ada, policy=policy, targets=[Target(DEVELOPMENT, HANGZHOU)])


@pytest.mark.parametrize(
    ("code", "pointer"), [("a/b~c", "/reasons/a~1b~0c"), ("a\0", "/reasons/a\0"), ("", "/reasons/")]
)
def test_reason_at_fault_is_pointed_at_by_its_code(ada, policy, code, pointer):
    with pytest.raises(InvalidInput) as error:
        revise(by=ada, policy=policy, source=source_text(), reasons={"fine": "because", code: "\0"})
    assert {problem.pointer for problem in error.value.problems} == {pointer}


def test_deleted_policy_is_gone_and_its_name_is_free_and_its_revisions_stay(ada, policy):
    delete_policy(by=ada, policy=policy)
    with pytest.raises(NotFound):
        policy_get(ada, policy.pk)
    with pytest.raises(NotFound):
        revisions(ada, policy.pk)
    assert not policies(ada)
    make_policy(ada, policy.name)
    assert Revision.objects.filter(policy=policy).count() == 1


def test_policy_in_use_is_not_deleted(ada, rui, development):
    draft = make_policy(ada, "in-review")
    review = propose(by=ada, policy=draft, message="m")
    released = make_released(ada, rui, name="released")
    for policy in (draft, released):
        with pytest.raises(Conflict) as refusal:
            delete_policy(by=ada, policy=policy)
        assert refusal.value.advice
    withdraw(by=ada, review=review)
    delete_policy(by=ada, policy=draft)
