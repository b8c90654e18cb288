"""The catalogue: every action has an address, every fact its confidence; filters stand in the address."""

from __future__ import annotations

import pytest

from policystudio.catalog import load
from policystudio.teams.viewer import Viewer
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db


def test_every_action_has_a_page(vera: Viewer) -> None:
    client = browser_of(vera)
    for action in load().actions.values():
        page = client.get(f"/catalogue/actions/{action.name}/")
        assert (page.status_code, page.context["action"]) == (200, action)


def test_an_action_says_how_sure_its_facts_are(vera: Viewer) -> None:
    text = browser_of(vera).get("/catalogue/actions/kms:Decrypt/").content.decode()
    assert "documented" in text
    assert "source" in text


def test_letter_case_of_an_action_does_not_matter_and_an_unknown_one_is_not_found(vera: Viewer) -> None:
    client = browser_of(vera)
    assert client.get("/catalogue/actions/KMS:decrypt/").status_code == 200
    assert client.get("/catalogue/actions/kms:Decryptt/").status_code == 404


def test_filters_narrow_the_actions(vera: Viewer) -> None:
    client = browser_of(vera)
    found = client.get("/catalogue/?group=key&risk=critical&q=delet").context["actions"]
    assert {action.name for action in found} == {"kms:DeleteKeyMaterial", "kms:ScheduleKeyDeletion"}
    assert client.get("/catalogue/?q=nothing-like-it").context["actions"] == []


def test_the_fragment_is_the_table_of_the_page(vera: Viewer) -> None:
    fragment = browser_of(vera).get("/catalogue/?q=mac", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="list"')
    assert "kms:GenerateMac" in fragment


@pytest.mark.parametrize("part", ["resource-types", "condition-keys", "regions", "system-policies"])
def test_every_part_has_an_address(vera: Viewer, part: str) -> None:
    assert browser_of(vera).get(f"/catalogue/{part}/").status_code == 200
