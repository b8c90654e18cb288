"""The way to a new policy: the builders in the order of the documentation, with what they can do at worst."""

from __future__ import annotations

import pytest

from policystudio.builders.builder import all_builders
from policystudio.teams.viewer import Viewer
from policystudio.web.pages.new_policy import cards
from tests.web.people import browser_of


def test_cards_stand_in_the_order_of_the_documentation() -> None:
    assert [card.builder.slug for card in cards()] == list(all_builders())


def test_a_card_names_the_gravest_that_its_sample_lets_through() -> None:
    by_slug = {card.builder.slug: card for card in cards()}
    assert by_slug["full-access"].risk == "critical"
    assert [action.name for action in by_slug["crypto-user"].worst] == ["kms:Decrypt"]
    assert by_slug["key-read-only"].risk == "none"


@pytest.mark.django_db
def test_every_builder_and_the_editor_are_offered_to_whoever_may_write(ada: Viewer, vera: Viewer) -> None:
    text = browser_of(ada).get("/policies/new/").content.decode()
    assert all(f"/policies/new/{slug}/" in text for slug in all_builders())
    assert "/policies/editor/" in text
    assert browser_of(vera).get("/policies/new/").status_code == 403
