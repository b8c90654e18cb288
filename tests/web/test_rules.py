"""Every code that the validator can say has a page."""

from __future__ import annotations

import pytest

from policystudio.teams.viewer import Viewer
from policystudio.validation.registry import all_documentation
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db


def test_every_code_has_a_page_and_stands_in_the_list(vera: Viewer) -> None:
    client = browser_of(vera)
    text = client.get("/rules/").content.decode()
    for code in all_documentation():
        assert f"/rules/{code}/" in text
        assert client.get(f"/rules/{code}/").status_code == 200


def test_a_code_that_nobody_says_is_not_found(vera: Viewer) -> None:
    assert browser_of(vera).get("/rules/no-such-code/").status_code == 404


def test_codes_are_narrowed_by_severity_and_words(vera: Viewer) -> None:
    page = browser_of(vera).get("/rules/?severity=error&q=comma")
    assert {severity for severity, _pages in page.context["groups"]} == {"error"}
    assert "trailing-comma" in page.content.decode()
