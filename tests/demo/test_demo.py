"""The demo is what the contract says, is made once, and never in production."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from policystudio.accounts.selectors import accounts
from policystudio.audit.verify import verify
from policystudio.builders.builder import all_builders
from policystudio.demo.cases import CASES
from policystudio.demo.people import DEVELOPMENT, PEOPLE, PRODUCTION, REGIONS, person
from policystudio.demo.policies import STORIES
from policystudio.guardrails.preview import preview
from policystudio.guardrails.selectors import guardrails
from policystudio.policies.models import Policy
from policystudio.review.selectors import reviews, standings
from policystudio.teams.models import Team

pytestmark = pytest.mark.django_db
PASSWORD = "a password of the demo"


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    settings.DEMO_PASSWORD = PASSWORD
    call_command("demo", verbosity=0)


def test_everybody_can_log_in_with_the_one_password(rf) -> None:
    for name in (*PEOPLE, "stranger"):
        assert authenticate(rf.post("/login/"), username=name, password=PASSWORD), name


def test_people_have_the_role_that_their_name_says() -> None:
    assert {name: person(name).role for name in PEOPLE} == PEOPLE
    assert not Team.objects.get(slug="demo").members.filter(user__username="stranger").exists()


def test_both_accounts_have_the_same_three_regions() -> None:
    found = {account.number: account for account in accounts(person("viewer"))}
    assert set(found) == {PRODUCTION, DEVELOPMENT}
    assert all(set(account.regions) == set(REGIONS) for account in found.values())
    assert [found[number].approvals_needed for number in (PRODUCTION, DEVELOPMENT)] == [2, 1]


def test_there_is_a_policy_for_every_builder_and_more_than_one_of_each_kind_of_state() -> None:
    policies = Policy.objects.filter(team__slug="demo")
    assert {policy.name for policy in policies} == set(all_builders()) == set(STORIES)
    assert Counter(str(policy.state) for policy in policies) == {
        "released": 4,
        "draft": 2,
        "in_review": 4,
        "changed": 1,
    }


def test_one_guardrail_is_on_and_kept_and_another_is_off_and_would_stop_some() -> None:
    admin = person("admin")
    by_state = {each.is_on: each for each in guardrails(admin)}
    assert set(by_state) == {True, False}
    stops = {is_on: preview(admin.team_id, each.definition).stops for is_on, each in by_state.items()}
    assert stops[True] == ()
    assert stops[False]


def test_tests_hold_but_for_one_that_stands_in_the_way_of_a_release() -> None:
    viewer = person("viewer")
    waiting = [review for review in reviews(viewer) if not review.is_finished]
    found = {
        (str(review.policy), each.case.name): str(each.verdict)
        for review, standing in zip(waiting, standings(waiting).values(), strict=True)
        for each in standing.tests or ()
    }
    assert found == {
        (policy, name): "fails" if username == "reviewer" else "holds" for username, policy, name, *_ in CASES
    }


def test_reviews_show_every_way_in_which_one_can_wait() -> None:
    waiting = [review for review in reviews(person("viewer")) if not review.is_finished]
    stands = {
        str(review.policy): standing
        for review, standing in zip(waiting, standings(waiting).values(), strict=True)
    }
    assert {name: (str(each.state), each.approvals) for name, each in stands.items()} == {
        "ip-restricted-access": ("changes_requested", 0),
        "key-admin": ("open", 0),
        "secret-admin": ("open", 1),
        "secret-value-retrieval": ("approved", 2),
    }
    assert [weighed.is_stale for weighed in stands["key-admin"].decisions] == [True]


def test_a_second_start_changes_nothing_but_a_changed_password(settings, rf) -> None:
    before = list(Policy.objects.order_by("pk").values_list("pk", "version"))
    settings.DEMO_PASSWORD = "another password of the demo"
    call_command("demo", verbosity=0)
    assert list(Policy.objects.order_by("pk").values_list("pk", "version")) == before
    assert authenticate(rf.post("/login/"), username="author", password="another password of the demo")


def test_production_refuses_the_demo(settings) -> None:
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="never exists in production"):
        call_command("demo", verbosity=0)


def test_the_trail_of_the_demo_is_in_order() -> None:
    assert verify(Team.objects.get(slug="demo").pk).valid
