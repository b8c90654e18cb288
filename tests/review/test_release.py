"""A release hands out exactly what was approved, for every target or for none."""

from __future__ import annotations

import json

import pytest

from policystudio.accounts.services.create_account import create_account
from policystudio.accounts.services.update_account import update_account
from policystudio.audit.models import Event
from policystudio.catalog.load import load
from policystudio.errors import NotAllowed, NotFound
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.review.exporting import export_one, export_rows
from policystudio.review.models import Current, Release, ReleasedDocument
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady, NotReleased, ReviewFinished
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import State, standing
from policystudio.teams.services.change_role import change_role
from policystudio.teams.services.remove_member import remove_member
from tests.factories import (
    DEVELOPMENT,
    FRANKFURT,
    HANGZHOU,
    PRODUCTION,
    SHANGHAI,
    approve,
    make_policy,
    make_released,
    source_text,
)


def reasons_against(by, review) -> set[str]:
    """The codes of everything that stands in the way; nothing was changed by asking."""
    before = (Release.objects.count(), ReleasedDocument.objects.count(), Event.objects.count())
    with pytest.raises(NotReady) as error:
        release(by=by, review=review)
    assert (Release.objects.count(), ReleasedDocument.objects.count(), Event.objects.count()) == before
    return {problem.code for problem in error.value.problems}


def test_approved_review_is_released_and_exported_as_canonical_bytes(ada, rui, review, vera):
    approve(rui, review)
    released = release(by=ada, review=review)
    assert released.state == "released"
    got = export_one(vera, DEVELOPMENT, HANGZHOU, "app-decrypt")
    assert json.loads(got.text)["Statement"][0]["Resource"] == [
        f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-hzz0000000000001"
    ]
    assert got.text.endswith("}\n")
    assert standing(released).state is State.RELEASED
    assert standing(released).approvals == 1
    (entry,) = export_rows(vera)
    assert json.loads(entry) == {
        "account": DEVELOPMENT,
        "region": HANGZHOU,
        "name": "app-decrypt",
        "ram_name": f"app-decrypt-{HANGZHOU}",
        "revision": 1,
        "sha256": got.sha256,
        "document": got.text,
    }
    assert policy_get(vera, review.policy_id).state == "released"


def test_review_without_enough_approvals_is_not_released(ada, rui, review, vera):
    assert reasons_against(ada, review) == {"approvals-missing"}
    with pytest.raises(NotReleased):
        export_one(vera, DEVELOPMENT, HANGZHOU, "app-decrypt")
    with pytest.raises(NotFound):
        export_one(vera, DEVELOPMENT, HANGZHOU, "app-encrypt")
    with pytest.raises(NotAllowed):
        release(by=vera, review=review)
    approve(rui, review)
    release(by=ada, review=review)
    with pytest.raises(ReviewFinished):
        release(by=ada, review=review)


def test_production_needs_two_different_people(ada, rui, noor, big_review):
    approve(rui, big_review)
    assert reasons_against(ada, big_review) == {"approvals-missing"}
    approve(noor, big_review)
    assert release(by=ada, review=big_review).final_approvals == 2


def test_number_required_is_that_of_the_accounts_at_the_moment_of_release(
    ada, rui, noor, max_, review, development
):
    approve(rui, review)
    update_account(by=max_, account=development, required_approvals=2)
    assert reasons_against(ada, review) == {"approvals-missing"}
    approve(noor, review)
    release(by=ada, review=review)


def test_target_added_after_approval_makes_it_stale_and_raises_the_number(ada, rui, review, production):
    approve(rui, review)
    set_targets(by=ada, policy=review.policy, targets=[{"account": PRODUCTION, "region": HANGZHOU}])
    assert standing(review).required_approvals == 2
    assert standing(review).approvals == 0
    assert reasons_against(ada, review) == {"approvals-missing"}


@pytest.mark.parametrize(
    "change",
    [
        lambda by, policy: revise(
            by=by, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="m"
        ),
        lambda by, policy: set_targets(
            by=by, policy=policy, targets=[{"account": DEVELOPMENT, "region": FRANKFURT}]
        ),
        lambda by, policy: update_policy(by=by, policy=policy, region_mode="combined"),
        lambda by, policy: update_policy(by=by, policy=policy, name="renamed"),
    ],
    ids=["source", "targets", "region mode", "name"],
)
def test_approval_is_stale_after_a_change_of(change, ada, rui, review):
    approve(rui, review)
    assert standing(review).state is State.APPROVED
    change(ada, review.policy)
    stands = standing(review)
    assert (stands.state, stands.approvals, stands.decisions[0].is_stale) == (State.OPEN, 0, True)
    assert reasons_against(ada, review) == {"approvals-missing"}
    approve(rui, review)
    release(by=ada, review=review)


def test_description_is_no_part_of_what_was_approved(ada, rui, review):
    approve(rui, review)
    update_policy(by=ada, policy=review.policy, description="other words")
    release(by=ada, review=review)


def test_approval_ends_with_the_role_of_who_gave_it(ada, rui, max_, review):
    approve(rui, review)
    change_role(by=max_, member=rui.member, role="author")
    assert reasons_against(ada, review) == {"approvals-missing"}
    change_role(by=max_, member=rui.member, role="reviewer")
    release(by=ada, review=review)


def test_approval_of_a_removed_member_does_not_count(ada, rui, max_, review):
    approve(rui, review)
    remove_member(by=max_, member=rui.member)
    assert reasons_against(ada, review) == {"approvals-missing"}


def test_approval_of_a_user_made_inactive_does_not_count(ada, rui, review):
    approve(rui, review)
    rui.user.is_active = False
    rui.user.save()
    assert reasons_against(ada, review) == {"approvals-missing"}


def test_approver_who_then_writes_a_revision_no_longer_counts(ada, rui, noor, review):
    approve(rui, review)
    revise(by=rui, policy=review.policy, source=source_text(), message="the same text again")
    assert not standing(review).decisions[0].is_stale
    assert reasons_against(ada, review) == {"approvals-missing"}
    approve(noor, review)
    release(by=ada, review=review)


def test_renaming_a_person_changes_nothing(ada, rui, review):
    approve(rui, review)
    rui.user.username = "ruy"
    rui.user.save()
    assert standing(review).approvals == 1


def test_document_that_breaks_in_review_is_not_released(ada, rui, review):
    revise(by=ada, policy=review.policy, source='{"Version": "1", "Statement": []}', message="emptied")
    approve(rui, review)
    assert "approvals-missing" not in reasons_against(ada, review)
    revise(by=ada, policy=review.policy, source=source_text(), message="back")
    approve(rui, review)
    release(by=ada, review=review)


def test_policy_whose_targets_were_taken_away_is_not_released(ada, rui, review):
    set_targets(by=ada, policy=review.policy, targets=[])
    approve(rui, review)
    assert reasons_against(ada, review) == {"no-targets"}


def test_everything_in_the_way_is_said_at_once(ada, review):
    set_targets(by=ada, policy=review.policy, targets=[])
    revise(by=ada, policy=review.policy, source='{"Version": "1"}', message="broken")
    against = reasons_against(ada, review)
    assert {"approvals-missing", "no-targets"} < against
    assert len(against) > 2


def test_combined_policy_has_one_ram_policy_per_account(ada, rui, vera, development):
    targets = [(DEVELOPMENT, SHANGHAI), (DEVELOPMENT, HANGZHOU)]
    make_released(ada, rui, targets=targets, region_mode="combined")
    one, two = (export_one(vera, DEVELOPMENT, region, "app-decrypt") for region in (HANGZHOU, SHANGHAI))
    assert one == two
    assert f"acs:kms:{HANGZHOU}:" in one.text
    assert f"acs:kms:{SHANGHAI}:" in one.text
    assert {json.loads(entry)["ram_name"] for entry in export_rows(vera)} == {"app-decrypt"}


def test_next_release_takes_the_place_of_the_last_one_whole(ada, rui, vera, development):
    policy = make_released(ada, rui, targets=[(DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI)])
    set_targets(by=ada, policy=policy, targets=[{"account": DEVELOPMENT, "region": FRANKFURT}])
    update_policy(by=ada, policy=policy, name="renamed")
    before = [json.loads(entry) for entry in export_rows(vera)]
    assert {(entry["name"], entry["region"]) for entry in before} == {
        ("app-decrypt", HANGZHOU),
        ("app-decrypt", SHANGHAI),
    }
    review = propose(by=ada, policy=policy, message="moved")
    approve(rui, review)
    release(by=ada, review=review)
    assert [(e["name"], e["region"]) for e in map(json.loads, export_rows(vera))] == [("renamed", FRANKFURT)]


def test_withdrawn_review_releases_nothing(ada, rui, review, vera):
    approve(rui, review)
    withdraw(by=ada, review=review)
    with pytest.raises(ReviewFinished):
        release(by=ada, review=review)
    assert list(export_rows(vera)) == []
    assert policy_get(vera, review.policy_id).state == "draft"


def test_ram_policies_of_two_policies_do_not_overwrite_each_other(ada, rui, development):
    make_released(ada, rui, name="app")
    other = make_policy(ada, f"APP-{HANGZHOU}", region_mode="combined")
    review = propose(by=ada, policy=other, message="same name in RAM")
    approve(rui, review)
    assert reasons_against(ada, review) == {"ram-name-taken"}
    update_policy(by=ada, policy=other, name="app-other")
    approve(rui, review)
    release(by=ada, review=review)


def test_name_freed_by_renaming_is_still_exported_until_the_next_release(ada, rui, development):
    first = make_released(ada, rui, name="app")
    update_policy(by=ada, policy=first, name="app-two")
    second = make_policy(ada, "app", region_mode="combined")
    review = propose(by=ada, policy=second, message="took the name")
    approve(rui, review)
    assert reasons_against(ada, review) == {"name-still-exported"}


def test_a_release_of_many_targets_stores_a_document_for_each(ada, rui, vera, max_):
    regions = sorted(load().regions)[:20]
    numbers = [f"10000000000000{n:02}" for n in range(30)]
    for number in numbers:
        create_account(by=max_, number=number, name="n", environment="test", regions=regions)
    targets = [(number, region) for number in numbers for region in regions]
    make_released(ada, rui, targets=targets)
    assert Current.objects.count() == 600
    assert len(list(export_rows(vera, account=numbers[3]))) == 20
    assert len(list(export_rows(vera, region=regions[0]))) == 30


def test_another_team_gets_nothing(sam, ada, rui, development):
    make_released(ada, rui)
    assert list(export_rows(sam)) == []
    with pytest.raises(NotFound):
        export_one(sam, DEVELOPMENT, HANGZHOU, "app-decrypt")
    with pytest.raises(NotFound):
        release(by=sam, review=Policy.objects.get().reviews.get())


def test_builder_and_its_parameters_are_released(ada, rui, vera, development):
    policy = create_policy(
        by=ada,
        name="reader",
        builder="key-read-only",
        parameters={},
        targets=[{"account": DEVELOPMENT, "region": HANGZHOU}],
        message="read only",
    )
    review = propose(by=ada, policy=policy)
    approve(rui, review)
    release(by=ada, review=review)
    assert json.loads(export_one(vera, DEVELOPMENT, HANGZHOU, "reader").text)["Version"] == "1"
