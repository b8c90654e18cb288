"""Revisions at their own addresses, and any two compared."""

from __future__ import annotations

import re

import pytest

from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.teams.viewer import Viewer
from tests.factories import source_text
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(ada: Viewer, policy: Policy) -> Policy:
    """A policy with two revisions."""
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="decrypt instead")
    policy.refresh_from_db()
    return policy


def test_a_revision_shows_its_text_and_what_it_says(vera: Viewer, twice: Policy) -> None:
    page = browser_of(vera).get(f"/policies/{twice.pk}/revisions/1/")
    assert page.context["result"].sentences[0].text.startswith("Allows encrypting with the key")
    assert page.context["revision"].source == source_text()


def test_two_revisions_are_compared_as_asked(vera: Viewer, twice: Policy) -> None:
    client = browser_of(vera)
    for query, numbers in (("", (1, 2)), ("?a=2&b=1", (2, 1)), ("?a=1&b=1", (1, 1))):
        page = client.get(f"/policies/{twice.pk}/compare/{query}")
        assert (page.context["before"].number, page.context["after"].number) == numbers
        assert page.context["diff"].is_same == (numbers[0] == numbers[1])


@pytest.mark.parametrize("query", ["?a=3", "?b=0", "?a=x", "?a=-1", "?b=99999999999"])
def test_a_revision_that_is_not_there_is_not_found(vera: Viewer, twice: Policy, query: str) -> None:
    assert browser_of(vera).get(f"/policies/{twice.pk}/compare/{query}").status_code == 404


def test_an_older_revision_offers_to_start_from_it(ada: Viewer, vera: Viewer, twice: Policy) -> None:
    assert "edit/?from=1" in browser_of(ada).get(f"/policies/{twice.pk}/revisions/1/").content.decode()
    assert "edit/?from=1" not in browser_of(vera).get(f"/policies/{twice.pk}/revisions/1/").content.decode()


def test_the_sentences_lead_to_the_lines_of_the_text(vera: Viewer, twice: Policy) -> None:
    address = f"/policies/{twice.pk}/revisions/1/"
    html = browser_of(vera).get(address).content.decode()
    led_to = re.findall(r'class="said" href="#(shown-L[0-9]+)"', html)
    assert led_to
    assert all(f'id="{line}"' in html for line in led_to)
    compared = browser_of(vera).get(f"/policies/{twice.pk}/compare/").content.decode()
    assert f'class="said" href="{address}#{led_to[0]}"' in compared
    after = re.findall(r'class="said" href="#(diff-L[0-9]+)"', compared)
    assert after
    assert all(f'id="{line}"' in compared for line in after)
