"""What the validator hears of accounts and releases: only the team's own, and no more than is known."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from policystudio.accounts.models import Account
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.policies.services.revise import revise
from policystudio.ram.render import Target
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of

pytestmark = pytest.mark.django_db
NAME = "app-decrypt-cn-hangzhou"


def release_again(policy: Policy, ada: Viewer, rui: Viewer, number: int) -> None:
    """One more release, of another text."""
    policy.refresh_from_db()
    revise(
        by=ada,
        policy=policy,
        source=factories.source_text(key=f"key-hzz000000000000{number}"),
        message="next",
    )
    review = propose(by=ada, policy=policy, message="please look")
    factories.approve(rui, review)
    release(by=ada, review=review)
    policy.refresh_from_db()


def codes(policy: Policy, *targets: Target) -> list[str]:
    return [f.code for f in judge(policy, newest_revision(policy), targets or targets_of(policy)).findings]


def test_fifth_text_that_is_released_fills_the_versions_of_ram(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = factories.make_released(ada, rui)
    for number in range(2, 5):
        release_again(policy, ada, rui, number)
    assert circumstances_of(policy.team_id, [policy.pk])["published_versions"] == {
        (factories.DEVELOPMENT, NAME): 4
    }
    assert "version-limit-near" not in codes(policy)
    release_again(policy, ada, rui, 5)
    assert "version-limit-near" in codes(policy)


def test_other_policies_and_other_teams_say_nothing(
    ada: Viewer, rui: Viewer, sam: Viewer, development: Account
) -> None:
    policy = factories.make_released(ada, rui)
    assert circumstances_of(sam.team_id)["enabled_regions"] == {}
    used = (factories.HANGZHOU, factories.SHANGHAI, factories.FRANKFURT)
    own = circumstances_of(policy.team_id)
    assert own["enabled_regions"] == {factories.DEVELOPMENT: used}
    assert own["published_versions"] == {}


def test_region_that_the_account_no_longer_uses_is_told(policy: Policy, development: Account) -> None:
    assert "region-not-enabled" not in codes(policy)
    Account.objects.filter(pk=development.pk).update(regions=[factories.SHANGHAI])
    assert "region-not-enabled" in codes(policy)
    assert "region-not-enabled" not in codes(policy, Target("1111222233334444", factories.HANGZHOU))


def test_circumstances_of_many_are_read_once(
    ada: Viewer, policy: Policy, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = factories.make_policy(ada, "app-other")
    standards, known = standards_of(policy.team_id), circumstances_of(policy.team_id, [policy.pk, other.pk])
    revision, targets = newest_revision(policy), targets_of(policy)
    with django_assert_num_queries(0):
        judge(policy, revision, targets, standards, known)


def test_api_judges_with_the_regions_of_the_team(vera: Viewer, sam: Viewer, development: Account) -> None:
    text = factories.source_text().replace("${region}", "cn-beijing")
    sent = {"text": text, "account": factories.DEVELOPMENT, "region": factories.HANGZHOU}
    mine = body_of(Api(vera).post("/validate/", sent))["findings"]
    theirs = body_of(Api(sam).post("/validate/", sent))["findings"]
    assert [f["code"] for f in mine if f["path"] == "/Statement/0/Resource/0"] == ["region-not-enabled"]
    assert "mixed-regions" in [f["code"] for f in theirs]
