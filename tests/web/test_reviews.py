"""The queue of reviews: what waits for me, what is unfinished, and all of it, narrowed by state and author."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from policystudio.accounts.models import Account
from policystudio.review.models import Review
from policystudio.review.services.propose import propose
from policystudio.review.services.withdraw import withdraw
from policystudio.teams.viewer import Viewer
from tests.factories import approve, make_policy
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
# Session, user, member, the header's; the inbox with its standings; the page with its standings; people to filter by.
QUERIES = 25


def found(page: Any) -> list[tuple[str, str]]:
    """(policy, what the viewer is to do) of each line."""
    return [(review.policy.name, task) for review, _stands, task in page.context["lines"]]


def test_each_person_sees_what_waits_for_them(ada: Viewer, rui: Viewer, noor: Viewer, review: Review) -> None:
    assert found(browser_of(rui).get("/reviews/?show=mine")) == [("app-decrypt", "decide")]
    assert found(browser_of(ada).get("/reviews/?show=mine")) == []
    approve(rui, review)
    assert found(browser_of(ada).get("/reviews/?show=mine")) == [("app-decrypt", "release")]


def test_finished_reviews_are_under_all(ada: Viewer, review: Review) -> None:
    withdraw(by=ada, review=review)
    client = browser_of(ada)
    assert found(client.get("/reviews/")) == []
    assert found(client.get("/reviews/?show=all")) == [("app-decrypt", "")]
    assert found(client.get("/reviews/?state=withdrawn")) == [("app-decrypt", "")]


@pytest.mark.parametrize(
    ("query", "names"),
    [("state=open", 1), ("state=approved", 0), ("author=ada", 1), ("author=rui", 0)],
)
def test_filters_stand_in_the_address(rui: Viewer, review: Review, query: str, names: int) -> None:
    page = browser_of(rui).get(f"/reviews/?{query}")
    assert len(page.context["lines"]) == names
    assert len(page.context["filters"]) == 1


def test_more_reviews_need_no_more_queries(
    ada: Viewer,
    rui: Viewer,
    review: Review,
    development: Account,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = browser_of(rui)
    for name in ("one", "two", "three"):
        propose(by=ada, policy=make_policy(ada, name), message="please")
    with django_assert_num_queries(QUERIES):
        assert len(client.get("/reviews/").context["lines"]) == 4


def test_while_filtering_only_the_list_is_sent(rui: Viewer, review: Review) -> None:
    page = browser_of(rui).get("/reviews/", headers={"HX-Request": "true"}).content.decode()
    assert "app-decrypt" in page
    assert "<html" not in page


def test_reviews_of_another_team_are_not_listed(sam: Viewer, review: Review) -> None:
    assert found(browser_of(sam).get("/reviews/?show=all")) == []
