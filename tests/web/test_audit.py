"""The audit trail in the browser: who sees it, filters, pages, and the check of the chain."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from policystudio.web.pages import audit as page_of_audit
from tests.factories import approve
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
# Session, user, member, the header's with its inbox; the page, the head, and what the filters offer.
QUERIES = 20


def actions(page: Any) -> list[str]:
    return [event.action for event, _address, _data in page.context["lines"]]


def test_every_change_is_listed_newest_first_and_leads_to_its_page(rui: Viewer, review: Review) -> None:
    approve(rui, review)
    client = browser_of(rui)
    page = client.get("/audit/")
    assert actions(page)[:2] == ["review.decided", "review.proposed"]
    addresses = {address for _event, address, _data in page.context["lines"] if address}
    assert f"/reviews/{review.pk}/" in addresses
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("action=review.proposed", ["review.proposed"]),
        ("actor=ada&object_type=review", ["review.proposed"]),
        ("actor=nobody", []),
        ("action=%00", []),
        ("object_type=review&object_id=999", []),
        ("actor=ada&object_type=review&object_id=odd", ["review.proposed"]),
        ("actor=ada&object_type=review&object_id=" + "9" * 18, ["review.proposed"]),
        ("actor=ada&object_type=review&object_id=" + "9" * 17, []),
    ],
)
def test_filters_stand_in_the_address(vera: Viewer, review: Review, query: str, expected: list[str]) -> None:
    assert actions(browser_of(vera).get(f"/audit/?{query}")) == expected


def test_pages_follow_each_other(vera: Viewer, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_audit, "PAGE_SIZE", 2)
    client = browser_of(vera)
    everything = client.get("/audit/").context["head"].sequence
    seen: list[int] = []
    address = "/audit/"
    while address:
        page = client.get(address)
        seen += [event.sequence for event, _address, _data in page.context["lines"]]
        address = page.context["page"].next
    assert seen == list(range(everything, 0, -1))


def test_the_chain_is_checked_on_request(vera: Viewer, review: Review) -> None:
    client = browser_of(vera)
    assert client.get("/audit/").context["verification"] is None
    assert client.get("/audit/?verify=1").context["verification"].valid


def test_a_broken_chain_is_said_with_its_place(vera: Viewer, review: Review, unprotected: Any) -> None:
    unprotected.execute("UPDATE audit_event SET actor_name = 'sam' WHERE sequence = 2")
    page = browser_of(vera).get("/audit/?verify=1")
    assert page.context["verification"].first_bad.sequence == 2
    assert "was altered" in page.content.decode()


def test_the_list_needs_the_same_queries_for_any_number_of_events(
    vera: Viewer, review: Review, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser_of(vera)
    with django_assert_num_queries(QUERIES):
        client.get("/audit/")


def test_the_trail_of_another_team_stays_hidden(sam: Viewer, review: Review) -> None:
    page = browser_of(sam).get("/audit/")
    assert "review.proposed" not in actions(page)
    assert "app-decrypt" not in page.content.decode()
