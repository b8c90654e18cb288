"""Findings in Chromium: to the field and back, changes with one click, the margin, filters kept in the address."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.services.revise import revise
from policystudio.review.services.propose import propose
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow
from tests.factories import make_policy, make_released, source_text

REPLACE = """text => {
    const view = document.querySelector("[data-json-editor]").editor;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}"""
IP = "/policies/new/ip-restricted-access/"
TWICE = ("kms:Encrypt", "kms:Encrypt", "kms:Encrypt")
PRIVATE = "192.168.0.0/16"


@pytest.fixture
def page(open_browser: Opener, ada: Viewer, development: Account) -> Page:
    """Ada's browser."""
    return open_browser(ada.user)


def many() -> str:
    """A document with findings of every severity but error."""
    statement = {
        "Effect": "Allow",
        "Action": ["kms:*", "kms:Encypt", *["kms:Decrypt"] * 4],
        "Resource": ["*"],
    }
    return json.dumps({"Version": "1", "Statement": [statement, statement]}, indent=2)


def typed_into_the_editor(page: Page, text: str) -> None:
    page.goto("/policies/editor/")
    page.locator(".cm-content").wait_for()
    page.evaluate(REPLACE, text)
    page.locator(".cm-lint-marker").first.wait_for()


def test_from_the_field_to_the_finding_and_back(page: Page) -> None:
    page.goto(IP)
    beside = page.locator("#beside-p-addresses")
    beside.get_by_role("listitem").filter(has_text=PRIVATE).get_by_role("link").click()
    finding = page.locator(".finding:focus")
    expect(finding).to_contain_text(PRIVATE)
    finding.get_by_role("link", name="Field: Addresses").click()
    focused = page.locator(":focus")
    expect(focused).to_have_text(PRIVATE)
    assert accessibility_faults(page) == []


def test_on_a_narrow_screen_the_links_switch_the_panes(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(IP)
    page.locator("#beside-p-addresses").get_by_role("link").first.click()
    finding = page.locator(".finding:focus")
    expect(finding).to_be_visible()
    assert sideways_overflow(page) <= 0
    finding.get_by_role("link", name=re.compile("^Field")).click()
    expect(page.locator("#beside-p-addresses")).to_be_visible()
    assert accessibility_faults(page) == []


def test_findings_beside_the_fields_follow_what_is_typed(page: Page) -> None:
    page.goto(IP)
    page.get_by_role("button", name=f"Remove {PRIVATE}").click()
    expect(page.locator("#beside-p-addresses")).not_to_contain_text(PRIVATE)
    page.get_by_role("combobox", name="Addresses").fill("10.1.2.3")
    page.keyboard.press("Enter")
    expect(page.locator("#beside-p-addresses")).to_contain_text("10.1.2.3")


def test_a_change_is_made_in_the_form_and_enter_in_a_field_makes_none(page: Page) -> None:
    page.goto(IP)
    page.get_by_label("Name", exact=True).fill("typed")
    page.get_by_label("Name", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Access all KMS resources")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("typed")
    expect(page.locator("#beside-p-addresses")).to_contain_text(PRIVATE)
    page.get_by_role("tab", name="Findings").click()
    finding = page.locator(".finding").filter(has_text=PRIVATE)
    finding.get_by_text("way to change it").click()
    finding.get_by_role("button", name="Apply").first.click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("typed")
    assert page.url.endswith(IP) or "editor" not in page.url
    expect(page.get_by_text("nothing is saved yet")).to_be_visible()


def test_changes_in_the_editor_are_made_in_place_one_or_all(page: Page) -> None:
    typed_into_the_editor(page, source_text(actions=TWICE))
    field = page.locator("textarea[name=source]")
    first = page.locator(".finding").filter(has_text="already listed").first
    first.get_by_role("button", name="Fix all 2").click()
    expect(field).to_have_value(re.compile(r'"Action": \[\s*"kms:Encrypt"\s*\]'))
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+z")
    expect(field).to_have_value(re.compile(r'("kms:Encrypt",?\s*){3}'))
    first = page.locator(".finding").filter(has_text="already listed").first
    first.get_by_role("button", name="Apply").first.click()
    expect(field).to_have_value(re.compile(r'\[\s*("kms:Encrypt",?\s*){2}\]'))


def test_with_the_keyboard_alone_a_finding_is_reached_and_mended(page: Page) -> None:
    typed_into_the_editor(page, source_text(actions=TWICE))
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Home")
    for _finding in range(8):
        page.keyboard.press("F8")
        tip = page.locator(".cm-tooltip-lint")
        tip.wait_for()
        if "already listed" in tip.inner_text():
            break
    page.keyboard.press("Control+.")
    expect(page.locator(".cm-diagnosticAction:focus")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=source]")).to_have_value(re.compile(r'\[\s*("kms:Encrypt",?\s*){2}\]'))


def test_a_sign_in_the_margin_tells_its_finding_when_it_is_pressed(page: Page) -> None:
    typed_into_the_editor(page, source_text(actions=TWICE))
    page.locator(".cm-lint-marker-hint").last.click()
    expect(page.locator(".cm-tooltip-lint")).to_contain_text("Suggestion")
    assert accessibility_faults(page) == []


def test_the_filter_is_kept_in_the_address_and_over_answers(page: Page) -> None:
    typed_into_the_editor(page, many())
    bar, items = page.locator("[data-filter]"), page.locator(".finding:visible")
    bar.wait_for()
    everything = items.count()
    bar.get_by_role("button", name="Suggestion").click()
    assert 0 < items.count() < everything
    assert "severity=suggestion" in page.url
    bar.get_by_role("searchbox").fill("no such thing")
    expect(items).to_have_count(0)
    page.get_by_role("button", name="Show all").click()
    expect(items).to_have_count(everything)
    bar.get_by_label("Group by").select_option("statement")
    expect(page.locator(".findings__group").first).to_contain_text("Statement 1")
    assert "group=statement" in page.url
    page.evaluate(REPLACE, many() + "\n")
    expect(page.locator(".findings__group").first).to_contain_text("Statement 1")
    assert accessibility_faults(page) == []


def test_a_link_to_filtered_findings_can_be_sent(page: Page, ada: Viewer) -> None:
    policy = make_policy(ada, source=source_text(actions=TWICE))
    page.goto(f"/policies/{policy.pk}/?tab=findings&severity=suggestion&group=code")
    expect(page.locator(".findings__group").filter(has_text="repeated-action")).to_be_visible()
    expect(page.locator(".finding--warning:visible")).to_have_count(0)


def test_a_review_groups_what_is_new_and_its_text_has_signs(
    page: Page, ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui, source=source_text(actions=("kms:Encrypt", "kms:Encrypt")))
    both = source_text(actions=("kms:Encrypt", "kms:Encrypt", "kms:Decrypt", "kms:Decrypt"))
    revise(by=ada, policy=policy, source=both, message="both")
    review = propose(by=ada, policy=policy, message="x")
    page.goto(f"/reviews/{review.pk}/")
    headings = page.locator(".findings__group")
    expect(headings.first).to_contain_text("New")
    expect(headings.last).to_contain_text("Still there")
    page.locator(".diff .sign:visible").first.click()
    expect(page.locator(".finding:focus")).to_be_visible()
    assert accessibility_faults(page) == []


def test_without_script_findings_are_a_plain_list(
    open_browser: Opener, ada: Viewer, development: Account
) -> None:
    page = open_browser(ada.user, java_script_enabled=False)
    page.goto(IP)
    assert page.locator("#result-findings .finding").count() > 2
    expect(page.locator("[data-filter]")).to_be_hidden()
    page.locator("#beside-p-addresses").get_by_role("link").first.click()
    assert "#finding-" in page.url
