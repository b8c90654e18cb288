"""The pages on which a team says how grave a code is to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from policystudio.standards.models import SeveritySetting
from policystudio.standards.severities import severity_get
from policystudio.teams.viewer import Viewer
from policystudio.validation.registry import all_documentation
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db

CODE = "repeated-action"
STRICT = {"severity": "error", "reason": "it hides what is granted", "version": "0"}


def codes(page: Any) -> list[str]:
    return [each.code for group in page.context["groups"] for each in group.codes]


def test_every_code_stands_in_the_list_and_only_admins_may_set_it(vera: Viewer, max_: Viewer) -> None:
    shown = browser_of(vera).get("/severities/").content.decode()
    for code in all_documentation():
        assert f"<code>{code}</code>" in shown
    assert "/severities/repeated-action/" not in shown
    assert "/severities/repeated-action/" in browser_of(max_).get("/severities/").content.decode()


def test_admin_sets_and_resets_a_code(max_: Viewer) -> None:
    browser = browser_of(max_)
    assert browser.get(f"/severities/{CODE}/").status_code == 200
    assert browser.post(f"/severities/{CODE}/", STRICT)["Location"] == f"/severities/?at={CODE}#code-{CODE}"
    assert severity_get(max_, CODE).severity == "error"
    assert codes(browser.get("/severities/?show=set")) == [CODE]
    assert "it hides what is granted" in browser.get(f"/rules/{CODE}/").content.decode()
    assert browser.post(f"/severities/{CODE}/reset/", {"version": "1"}).status_code == 302
    assert severity_get(max_, CODE).setting is None


def test_what_was_typed_stays_when_it_is_refused(max_: Viewer) -> None:
    refused = browser_of(max_).post(f"/severities/{CODE}/", {**STRICT, "reason": " "})
    assert refused.status_code == 422
    assert refused.context["errors"].keys() == {"reason"}
    assert refused.context["chosen"] == "error"


def test_a_setting_of_somebody_else_is_not_overwritten(max_: Viewer) -> None:
    browser = browser_of(max_)
    browser.post(f"/severities/{CODE}/", STRICT)
    stale = browser.post(f"/severities/{CODE}/", {**STRICT, "severity": "off"})
    assert stale.status_code == 412
    assert severity_get(max_, CODE).severity == "error"


def test_what_ram_refuses_has_no_form(max_: Viewer) -> None:
    error = next(code for code, page in all_documentation().items() if str(page.severity) == "error")
    browser = browser_of(max_)
    assert "<textarea" not in browser.get(f"/severities/{error}/").content.decode()
    refused = browser.post(f"/severities/{error}/", {**STRICT, "severity": "off"})
    assert refused.status_code == 422


def test_a_code_that_is_gone_is_shown_as_such(max_: Viewer) -> None:
    SeveritySetting.objects.create(
        team_id=max_.team_id,
        code="lost-code",
        severity="off",
        reason="once",
        set_by_id=max_.actor_id,
        set_by_name="max",
        set_at=timezone.now(),
    )
    browser = browser_of(max_)
    assert codes(browser.get("/severities/?show=gone")) == ["lost-code"]
    assert browser.get("/severities/lost-code/").status_code == 200
    browser.post("/severities/lost-code/reset/", {"version": "1"})
    assert browser.get("/severities/lost-code/").status_code == 404


def test_odd_addresses_and_filters_are_answered(max_: Viewer) -> None:
    browser = browser_of(max_)
    assert browser.get("/severities/no-such-code/").status_code == 404
    assert browser.get("/severities/?q=%00&severity=odd&show=odd").status_code == 200


def test_sections_are_closed_until_something_is_looked_for_and_saving_leads_back_there(max_: Viewer) -> None:
    browser = browser_of(max_)
    groups = browser.get("/severities/").context["groups"]
    assert len(groups) > 4
    assert not any(group.is_open for group in groups)
    narrowed = browser.get("/severities/?q=repeated&show=")
    assert f"/severities/{CODE}/?q=repeated" in narrowed.content.decode()
    assert all(group.is_open for group in narrowed.context["groups"])
    back = browser.post(f"/severities/{CODE}/?q=repeated", STRICT)["Location"]
    assert back == f"/severities/?q=repeated&at={CODE}#code-{CODE}"
    there = browser.get(f"/severities/?at={CODE}").context["groups"]
    assert [CODE in [code.code for code in group.codes] for group in there] == [g.is_open for g in there]
    assert [group.set_count for group in there if group.is_open] == [1]


@pytest.mark.parametrize(
    "address",
    [
        "/severities/?severity=odd",
        "/rules/?severity=odd",
        "/waivers/?state=odd",
        "/reviews/?state=odd",
        "/reviews/?show=odd",
        "/audit/?object_id=odd",
    ],
)
def test_an_unknown_value_of_a_filter_is_ignored_and_told(address: str, vera: Viewer) -> None:
    page = browser_of(vera).get(address)
    assert page.context["ignored"] == [(address.split("?")[1].split("=")[0], "odd")]
    assert "was ignored" in page.content.decode()
    assert "was ignored" not in browser_of(vera).get(address.split("?")[0]).content.decode()
