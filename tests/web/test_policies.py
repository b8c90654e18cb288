"""The list of policies: all state in the address, a bounded number of queries, selected ones proposed together."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from policystudio.web.pages import policies as page_of_policies
from tests.factories import HANGZHOU, make_policy
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
# Session, user, member, the header's two; the list, its targets, its revisions; accounts for the filters.
QUERIES = 13


def names(page: object) -> list[str]:
    return [line.policy.name for line in page.context["lines"]]  # type: ignore[attr-defined]


def test_the_list_shows_state_targets_and_findings(vera: Viewer, policy: Policy) -> None:
    text = browser_of(vera).get("/policies/").content.decode()
    assert policy.name in text
    assert "1 in 1 account" in text
    assert "Draft" in text


def test_filters_and_order_stand_in_the_address(ada: Viewer, development: Account) -> None:
    for name in ("alpha", "beta"):
        make_policy(ada, name)
    make_policy(ada, "gamma", builder="key-read-only", parameters={}, targets=())
    client = browser_of(ada)
    assert names(client.get("/policies/?sort=-name")) == ["gamma", "beta", "alpha"]
    assert names(client.get("/policies/?q=BET")) == ["beta"]
    assert names(client.get(f"/policies/?region={HANGZHOU}")) == ["alpha", "beta"]
    assert names(client.get("/policies/?builder=key-read-only&state=draft")) == ["gamma"]
    assert names(client.get("/policies/?action=kms:ListKeys")) == ["gamma"]
    chips = client.get("/policies/?q=bet&state=draft").context["filters"]
    assert [chip["remove"] for chip in chips] == ["/policies/?state=draft", "/policies/?q=bet"]


def test_an_unknown_filter_finds_nothing_and_offers_to_clear_it(ada: Viewer, policy: Policy) -> None:
    page = browser_of(ada).get("/policies/?state=no-such-state")
    assert names(page) == []
    assert "Clear" in page.content.decode()


def test_pages_follow_each_other_and_lead_back(
    ada: Viewer, development: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for letter in "abcde":
        make_policy(ada, f"p-{letter}")
    monkeypatch.setattr(page_of_policies, "PAGE_SIZE", 2)
    client = browser_of(ada)
    for sort in ("name", "-changed"):
        first = client.get(f"/policies/?sort={sort}")
        second = client.get(first.context["page"].next)
        third = client.get(second.context["page"].next)
        seen = names(first) + names(second) + names(third)
        assert sorted(seen) == [f"p-{letter}" for letter in "abcde"]
        assert third.context["page"].next is None
        assert names(client.get(third.context["page"].previous)) == names(second)
        assert first.context["page"].previous is None


def test_a_cursor_from_elsewhere_is_the_first_page(ada: Viewer, policy: Policy) -> None:
    assert names(browser_of(ada).get("/policies/?cursor=forged")) == [policy.name]


@pytest.mark.parametrize("count", [1, 6])
def test_the_number_of_queries_does_not_grow_with_the_list(
    ada: Viewer, development: Account, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_policy(ada, f"p-{number}")
    client = browser_of(ada)
    client.get("/policies/")
    with django_assert_max_num_queries(QUERIES):
        client.get("/policies/")


def test_the_fragment_is_the_list_of_the_page(ada: Viewer, policy: Policy) -> None:
    fragment = browser_of(ada).get("/policies/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="list"')
    assert policy.name in fragment


def test_selected_policies_are_proposed_and_those_that_cannot_be_are_listed(
    ada: Viewer, policy: Policy
) -> None:
    without_target = make_policy(ada, "nowhere", targets=())
    page = browser_of(ada).post("/policies/", {"selected": [policy.pk, without_target.pk]})
    assert Review.objects.get().policy_id == policy.pk
    assert "nowhere" in page.content.decode()


def test_policies_of_another_team_are_not_there(sam: Viewer, policy: Policy) -> None:
    client = browser_of(sam)
    assert names(client.get("/policies/")) == []
    assert client.post("/policies/", {"selected": policy.pk}).status_code == 404
    assert Review.objects.count() == 0


def test_a_viewer_is_offered_nothing_to_write(vera: Viewer, policy: Policy) -> None:
    text = browser_of(vera).get("/policies/").content.decode()
    assert "/policies/new/" not in text
    assert browser_of(vera).post("/policies/", {"selected": policy.pk}).status_code == 403
