"""Policies in Chromium: from a builder to a saved draft and back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, PASSWORD, source_text

REPLACE = """text => {
    const view = document.querySelector("[data-json-editor]").editor;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}"""


@pytest.fixture
def page_of_ada(watched: Page, ada: Viewer, development: Account) -> Page:
    """Ada, logged in, at the list of policies."""
    watched.fill("[name=username]", "ada")
    watched.fill("[name=password]", PASSWORD)
    watched.locator("[name=next]").evaluate("field => field.value = '/policies/'")
    watched.get_by_role("button", name="Log in", exact=True).click()
    watched.get_by_role("heading", name="Policies", level=1).wait_for()
    return watched


def test_a_policy_is_built_seen_as_json_and_saved(page_of_ada: Page, live_server: Any) -> None:
    page = page_of_ada
    page.goto(live_server.url + "/policies/new/crypto-user/")
    page.get_by_label("Name", exact=True).fill("payments")
    page.get_by_role("radio", name="These keys").check()
    page.get_by_role("combobox", name="These keys").fill("key-1")
    page.keyboard.press("Enter")
    summary = page.locator("#result-summary")
    expect(summary).to_contain_text("with the key key-1 and every alias")
    page.get_by_role("checkbox", name="Development, cn-hangzhou").check()
    expect(page.locator("#result")).to_contain_text("Can be saved and proposed.")

    page.get_by_role("tab", name="JSON").click()
    page.get_by_label("Show as").select_option(f"{DEVELOPMENT}|{HANGZHOU}")
    expect(page.locator("#result-json")).to_contain_text(f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-1")
    expect(page.get_by_role("tab", name="JSON")).to_have_attribute("aria-selected", "true")

    page.get_by_role("button", name="Open as JSON").click()
    expect(page.locator(".cm-content")).to_contain_text("key/key-1")
    page.get_by_role("button", name="Open in the builder").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("payments")
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_role("heading", name="payments", level=1)).to_be_visible()
    assert newest_revision(Policy.objects.get()).builder == "crypto-user"


def test_a_fault_in_the_form_keeps_the_last_result_and_leads_to_the_field(
    page_of_ada: Page, live_server: Any
) -> None:
    page = page_of_ada
    page.goto(live_server.url + "/policies/new/crypto-user/")
    page.get_by_role("radio", name="These keys").check()
    page.get_by_role("combobox", name="These keys").fill("bad:key")
    page.keyboard.press("Enter")
    expect(page.locator("#result-problems")).to_contain_text("bad:key")
    expect(page.locator("#result-summary")).to_contain_text("every key and every alias")
    page.get_by_role("button", name="Remove bad:key").click()
    page.get_by_role("radio", name="All keys").check()
    expect(page.locator("#result-problems")).to_be_hidden()


def test_rows_are_added_and_taken_away(page_of_ada: Page, live_server: Any) -> None:
    page = page_of_ada
    page.goto(live_server.url + "/policies/new/secret-value-retrieval/")
    page.get_by_role("button", name="Add a secret").click()
    page.get_by_label("Secret name").last.fill("db-password")
    page.get_by_role("checkbox", name="No own key").last.check()
    expect(page.locator("#result-summary")).to_contain_text("the secret db-password")
    page.get_by_role("button", name="Remove secret 1").click()
    expect(page.locator("#result-summary")).not_to_contain_text("example-secret")


def test_a_fix_is_shown_and_then_applied(page_of_ada: Page, live_server: Any) -> None:
    page = page_of_ada
    page.goto(live_server.url + "/policies/editor/")
    page.locator(".cm-content").wait_for()
    page.evaluate(REPLACE, source_text().replace("]", ",]", 1))
    finding = page.locator(".finding", has_text="trailing-comma")
    finding.get_by_text("Show the change").click()
    expect(finding.get_by_label("The change")).to_be_visible()
    finding.get_by_role("button", name="Apply").click()
    expect(page.locator(".finding", has_text="trailing-comma")).to_have_count(0)
    expect(page.locator("textarea[name=source]")).to_have_value(source_text())
