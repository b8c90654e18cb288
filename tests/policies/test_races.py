"""Changes to policies, accounts and members that start at the same moment leave nothing that either would refuse."""

from __future__ import annotations

from functools import partial

import pytest

from policystudio.accounts.models import Account
from policystudio.accounts.services.delete_account import delete_account
from policystudio.accounts.services.update_account import update_account
from policystudio.audit.verify import verify
from policystudio.errors import Conflict, InvalidInput, NotFound, Stale
from policystudio.policies.models import Policy, PolicyTarget
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.ram.render import Target
from policystudio.review.services.propose import propose
from policystudio.teams.models import Member
from policystudio.teams.services.change_role import change_role
from policystudio.teams.services.remove_member import remove_member
from tests.factories import DEVELOPMENT, FRANKFURT, HANGZHOU, make_policy, source_text
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4


def test_target_and_the_end_of_its_region(ada, max_, development, team):
    for number in range(ROUNDS):
        policy = make_policy(ada, f"app-{number}")
        outcomes = race(
            partial(set_targets, by=ada, policy=policy, targets=[Target(DEVELOPMENT, FRANKFURT)]),
            partial(update_account, by=max_, account=development, regions=[HANGZHOU]),
        )
        assert refusals(outcomes) in ([InvalidInput], [Conflict])
        enabled = Account.objects.get(pk=development.pk).regions
        assert PolicyTarget.objects.get(policy=policy).region in enabled
        set_targets(by=ada, policy=policy, targets=[Target(DEVELOPMENT, HANGZHOU)])
        update_account(by=max_, account=development, regions=[HANGZHOU, FRANKFURT])
    assert verify(team.pk).valid


def test_target_and_the_end_of_its_account(ada, max_, development):
    policy = make_policy(ada, targets=())
    outcomes = race(
        partial(set_targets, by=ada, policy=policy, targets=[Target(DEVELOPMENT, HANGZHOU)]),
        partial(delete_account, by=max_, account=development),
    )
    assert refusals(outcomes) in ([InvalidInput], [Conflict])
    assert Account.objects.exists() == PolicyTarget.objects.exists()


def test_proposal_and_deletion(ada, rui, development):
    for number in range(ROUNDS):
        policy = make_policy(ada, f"app-{number}")
        outcomes = race(
            partial(propose, by=ada, policy=policy, message="m"),
            partial(delete_policy, by=rui, policy=policy),
        )
        assert refusals(outcomes) in ([NotFound], [Conflict])
        policy.refresh_from_db()
        assert (policy.deleted_at is None) == policy.is_under_review


def test_two_changes_to_what_both_have_read(ada, rui, policy):
    for _ in range(ROUNDS):
        version = Policy.objects.get(pk=policy.pk).version
        change = partial(revise, policy=policy, source=source_text(), expected_version=version)
        assert refusals(race(partial(change, by=ada), partial(change, by=rui))) == [Stale]


def test_two_admins_who_remove_each_other(max_, ada, team):
    change_role(by=max_, member=ada.member, role="admin")
    ada.member.refresh_from_db()
    outcomes = race(
        partial(remove_member, by=max_, member=ada.member), partial(remove_member, by=ada, member=max_.member)
    )
    assert len(refusals(outcomes)) == 1
    assert Member.objects.filter(team=team, role="admin", is_active=True).count() == 1
