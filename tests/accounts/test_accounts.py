"""Accounts of a team: what is accepted, who may change them, and what keeps them from being taken away."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from policystudio.accounts.models import Account
from policystudio.accounts.selectors import account_get, accounts
from policystudio.accounts.services.create_account import create_account
from policystudio.accounts.services.delete_account import delete_account
from policystudio.accounts.services.update_account import update_account
from policystudio.audit.models import Event
from policystudio.errors import Conflict, InvalidInput, NotAllowed, NotFound, Stale
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.policies.services.set_targets import set_targets
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from tests.factories import (
    DEVELOPMENT,
    FRANKFURT,
    HANGZHOU,
    PRODUCTION,
    SHANGHAI,
    approve,
    make_account,
    make_policy,
    make_released,
)


def refused(by, **given):
    with pytest.raises(InvalidInput) as error:
        make_account(by, **given)
    assert not Account.objects.exists()
    return {(problem.pointer, problem.code) for problem in error.value.problems}


def test_admin_makes_an_account_and_others_do_not(max_, rui, vera):
    for person in (rui, vera):
        with pytest.raises(NotAllowed):
            make_account(person)
    account = make_account(max_, regions=[SHANGHAI, HANGZHOU])
    assert account.regions == [HANGZHOU, SHANGHAI]
    assert account_get(vera, DEVELOPMENT) == account
    assert Event.objects.latest("sequence").action == "account.created"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"number": "12a"}, ("/id", "bad-account-id")),
        ({"number": ""}, ("/id", "bad-account-id")),
        ({"number": "1\n"}, ("/id", "bad-account-id")),
        ({"number": "١٢"}, ("/id", "bad-account-id")),
        ({"number": "1" * 21}, ("/id", "bad-account-id")),
        ({"number": 1}, ("/id", "bad-account-id")),
        ({"name": ""}, ("/name", "required")),
        ({"name": "a\nb"}, ("/name", "bad-character")),
        ({"name": 1}, ("/name", "wrong-type")),
        ({"environment": "Production"}, ("/environment", "bad-environment")),
        ({"environment": "production\n"}, ("/environment", "bad-environment")),
        ({"environment": None}, ("/environment", "bad-environment")),
        ({"regions": ["cn-hangzou"]}, ("/regions/0", "unknown-region")),
        ({"regions": [HANGZHOU, HANGZHOU]}, ("/regions/1", "duplicate")),
        ({"regions": [1]}, ("/regions/0", "wrong-type")),
        ({"regions": HANGZHOU}, ("/regions", "wrong-type")),
        ({"regions": None}, ("/regions", "wrong-type")),
        ({"required_approvals": 0}, ("/required_approvals", "out-of-range")),
        ({"required_approvals": 11}, ("/required_approvals", "out-of-range")),
        ({"required_approvals": True}, ("/required_approvals", "out-of-range")),
        ({"required_approvals": "2"}, ("/required_approvals", "out-of-range")),
    ],
)
def test_wrong_field_is_named(max_, given, expected):
    assert refused(max_, **given) == {expected}


def test_misspelt_region_gets_a_suggestion(max_):
    with pytest.raises(InvalidInput, match="did you mean cn-hangzhou"):
        make_account(max_, regions=["cn-hangzou"])


def test_number_is_unique_in_the_team_and_hidden_from_others(max_, sam):
    make_account(max_)
    with pytest.raises(Conflict):
        make_account(max_)
    with pytest.raises(NotFound):
        account_get(sam, DEVELOPMENT)
    assert not accounts(sam)
    make_account(sam)


def test_required_approvals_default_to_the_environment(max_):
    numbers = [(environment, set_) for environment in ("production", "staging") for set_ in (None, 3)]
    needed = [
        make_account(max_, str(n), environment=environment, required_approvals=set_).approvals_needed
        for n, (environment, set_) in enumerate(numbers)
    ]
    assert needed == [2, 3, 1, 3]


def test_only_what_is_given_changes(max_, rui, development):
    with pytest.raises(NotAllowed):
        update_account(by=rui, account=development, name="Sandbox")
    with pytest.raises(Stale):
        update_account(by=max_, account=development, name="Sandbox", expected_version=2)
    changed = update_account(by=max_, account=development, name="Sandbox", expected_version=1)
    assert (changed.name, changed.environment, changed.version) == ("Sandbox", "development", 2)
    before = Event.objects.count()
    update_account(by=max_, account=development, name="Sandbox")
    assert Event.objects.count() == before
    with pytest.raises(InvalidInput):
        update_account(by=max_, account=development, environment="A B")


def test_stranger_changes_nothing(sam, development):
    with pytest.raises(NotFound):
        update_account(by=sam, account=development, name="mine")
    with pytest.raises(NotFound):
        delete_account(by=sam, account=development)


@pytest.mark.parametrize("change", [{"required_approvals": 1}, {"environment": "staging"}])
def test_lowering_the_number_of_approvals_is_audited(max_, production, change):
    update_account(by=max_, account=production, **change)
    lowered = {"account": PRODUCTION, "before": 2, "after": 1}
    assert Event.objects.latest("sequence").data["lowered_approvals"] == lowered
    update_account(by=max_, account=production, required_approvals=5)
    assert "lowered_approvals" not in Event.objects.latest("sequence").data


def test_lowering_is_told_in_the_history_of_every_open_review_there(
    max_, ada, production, big_review, development
):
    elsewhere = propose(by=ada, policy=make_policy(ada), message="development only")
    update_account(by=max_, account=production, required_approvals=1)
    told = Event.objects.filter(action="review.approvals_lowered")
    assert [(event.object_id, event.data["after"]) for event in told] == [(big_review.pk, 1)]
    assert elsewhere.pk != big_review.pk


def test_region_that_a_policy_is_stored_for_stays_enabled(max_, ada, development):
    policy = make_policy(ada, targets=[(DEVELOPMENT, HANGZHOU)])
    with pytest.raises(Conflict, match=policy.name):
        update_account(by=max_, account=development, regions=[SHANGHAI])
    with pytest.raises(Conflict, match=policy.name):
        delete_account(by=max_, account=development)
    update_account(by=max_, account=development, regions=[HANGZHOU])
    set_targets(by=ada, policy=policy, targets=[])
    update_account(by=max_, account=development, regions=[SHANGHAI])


def test_region_that_something_is_exported_for_stays_enabled(max_, ada, rui, development):
    policy = make_released(ada, rui)
    set_targets(by=ada, policy=policy, targets=[{"account": DEVELOPMENT, "region": FRANKFURT}])
    with pytest.raises(Conflict, match=policy.name):
        update_account(by=max_, account=development, regions=[FRANKFURT])
    review = propose(by=ada, policy=policy, message="moved")
    approve(rui, review)
    release(by=ada, review=review)
    update_account(by=max_, account=development, regions=[FRANKFURT])


def test_deleted_policy_does_not_hold_its_account(max_, ada, development):
    delete_policy(by=ada, policy=make_policy(ada))
    with pytest.raises(Stale):
        delete_account(by=max_, account=development, expected_version=9)
    delete_account(by=max_, account=development)
    assert not accounts(max_)
    assert Event.objects.latest("sequence").object_name == DEVELOPMENT
    make_account(max_)


@pytest.mark.parametrize(
    "column", ["number = '1x'", "number = '12\n'", "required_approvals = 0", "required_approvals = 11"]
)
def test_database_itself_refuses_what_the_service_refuses(development, column):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_account SET {column}")


def test_account_of_the_same_number_in_two_requests(max_):
    create_account(by=max_, number="1", name="a", environment="test")
    with pytest.raises(Conflict):
        create_account(by=max_, number="1", name="b", environment="test")
