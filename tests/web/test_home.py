"""The start page: what waits, three numbers, the matrix, and what a new team sees instead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.teams.models import ApiToken
from policystudio.teams.services.create_token import create_token
from policystudio.teams.viewer import Viewer
from tests.factories import approve, make_policy, make_released
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
QUERIES = 27


def numbers(page: Any) -> list[int]:
    return [number for number, _name, _address in page.context["figures"]]


def test_what_waits_is_listed_with_what_is_to_do(ada: Viewer, rui: Viewer, review: Review) -> None:
    (line,) = browser_of(rui).get("/").context["waiting"]
    assert (line.review, line.task) == (review, "Decide")
    approve(rui, review)
    (line,) = browser_of(ada).get("/").context["waiting"]
    assert (line.review, line.task) == (review, "Release")


def test_the_numbers_count_and_lead_to_what_they_count(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    client = browser_of(ada)
    assert numbers(client.get("/")) == [0, 0, 0]
    make_released(
        ada,
        rui,
        name="wide",
        builder="full-access",
        parameters={"understood": True},
        description="on purpose",
    )
    make_policy(ada, "old")
    Policy.objects.filter(name="old").update(updated_at=timezone.now() - timedelta(days=15))
    create_token(by=ada, name="soon", scopes=["export"], days=10)
    create_token(by=ada, name="later", scopes=["export"], days=20)
    page = client.get("/")
    assert numbers(page) == [1, 1, 1]
    for _number, _name, address in page.context["figures"]:
        assert client.get(address).status_code == 200
    text = client.get("/released-with-warnings/").content.decode()
    assert ">wide</a>" in text
    ApiToken.objects.update(revoked_at=timezone.now())
    assert numbers(client.get("/")) == [1, 0, 1]


def test_the_matrix_counts_policies_and_marks_production(
    ada: Viewer, production: Account, development: Account
) -> None:
    make_policy(ada)
    page = browser_of(ada).get("/")
    counts = {row.account.number: [cell.count for cell in row.cells] for row in page.context["rows"]}
    assert counts == {production.number: [0, 0, 0], development.number: [1, 0, 0]}
    assert [row.is_production for row in page.context["rows"]] == [True, False]
    assert f"/policies/?account={development.number}&amp;region=cn-hangzhou" in page.content.decode()


def test_a_region_that_is_not_enabled_is_no_zero(ada: Viewer, max_: Viewer, development: Account) -> None:
    from tests.factories import make_account

    make_account(max_, "1111111111111111", regions=["us-east-1"])
    rows = browser_of(ada).get("/").context["rows"]
    assert [[cell.is_enabled for cell in row.cells] for row in rows] == [
        [False, False, False, True],
        [True, True, True, False],
    ]


def test_a_team_without_accounts_is_led_to_the_first_step(max_: Viewer, ada: Viewer) -> None:
    assert 'href="/accounts/new/"' in browser_of(max_).get("/").content.decode()
    assert 'href="/accounts/new/"' not in browser_of(ada).get("/").content.decode()


def test_the_page_does_not_grow_with_policies(
    ada: Viewer,
    rui: Viewer,
    review: Review,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = browser_of(rui)
    for name in ("one", "two", "three"):
        make_released(ada, rui, name=name)
    client.get("/")
    with django_assert_max_num_queries(QUERIES):
        client.get("/")


def test_nothing_of_another_team_is_counted(ada: Viewer, rui: Viewer, sam: Viewer, review: Review) -> None:
    page = browser_of(sam).get("/")
    assert (page.context["waiting"], page.context["rows"], numbers(page)) == ([], [], [0, 0, 0])
