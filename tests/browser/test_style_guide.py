"""Every component in Chromium: accessible in both modes at three widths, usable by keyboard, quiet in the console."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policystudio.teams.viewer import Viewer
from tests.browser.conftest import accessibility_faults, sideways_overflow
from tests.factories import PASSWORD

# Playwright's own waiting evaluates text, which the Content-Security-Policy refuses.
DRAFT_IS_KEPT = """() => new Promise((done) => {
    const look = () => (localStorage.length ? done() : setTimeout(look, 50));
    look();
})"""


@pytest.fixture
def guide(watched: Page, live_server: Any, ada: Viewer) -> Page:
    """The style guide, seen by Ada, with its behaviours in place."""
    watched.fill("[name=username]", "ada")
    watched.fill("[name=password]", PASSWORD)
    watched.locator("[name=next]").evaluate("field => field.value = '/style-guide/'")
    watched.get_by_role("button", name="Log in", exact=True).click()
    watched.locator(".cm-content").wait_for()
    return watched


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 768, 360])
def test_every_component_is_accessible(guide: Page, width: int, scheme: Any) -> None:
    guide.set_viewport_size({"width": width, "height": 900})
    guide.emulate_media(color_scheme=scheme)
    assert accessibility_faults(guide) == []
    assert sideways_overflow(guide) <= 0


@pytest.mark.parametrize("keys", ["?", "Control+k"])
def test_dialogs_are_accessible_and_give_the_focus_back(guide: Page, keys: str) -> None:
    guide.locator("h1").focus()
    guide.keyboard.press(keys)
    expect(guide.locator("dialog[open]")).to_be_visible()
    assert accessibility_faults(guide) == []
    guide.keyboard.press("Escape")
    expect(guide.locator("dialog[open]")).to_have_count(0)
    assert guide.evaluate("document.activeElement.tagName") == "H1"


def test_chips_keep_the_field_of_the_form_in_step(guide: Page) -> None:
    field, entry = guide.locator("textarea[name=keys]"), guide.get_by_role("combobox", name="Key ids")
    before = field.input_value().strip().splitlines()
    entry.focus()
    guide.keyboard.type("one,two")
    guide.keyboard.press("Enter")
    assert field.input_value().splitlines() == [*before, "one", "two"]
    guide.keyboard.press("Backspace")
    assert field.input_value().splitlines() == [*before, "one", "two"]
    guide.keyboard.press("Backspace")
    assert field.input_value().splitlines() == [*before, "one"]


def test_single_keys_do_nothing_while_typing(guide: Page) -> None:
    guide.get_by_label("Name", exact=True).fill("")
    guide.get_by_label("Name", exact=True).focus()
    guide.keyboard.type("?/gp")
    assert guide.get_by_label("Name", exact=True).input_value() == "?/gp"
    expect(guide.locator("dialog[open]")).to_have_count(0)


def test_the_editor_writes_into_the_field_and_lets_tab_out(guide: Page) -> None:
    guide.locator(".cm-content").focus()
    guide.keyboard.press("Control+Home")
    guide.keyboard.type(" ")
    assert guide.locator("textarea[name=source]").input_value().startswith(' {\n  "Version"')
    guide.keyboard.press("Tab")
    assert guide.evaluate("document.activeElement.className") != "editor__host"


def test_a_finding_leads_to_its_place_in_the_editor(guide: Page) -> None:
    finding = guide.locator(".finding", has_text="kms:Encypt").first
    finding.get_by_role("link", name="line 10").click()
    expect(guide.locator("[data-position]")).to_have_text("10:9")


def test_what_was_typed_is_offered_back_after_a_reload(guide: Page) -> None:
    guide.on("dialog", lambda dialog: dialog.accept())
    guide.get_by_label("Name", exact=True).fill("typed-and-not-saved")
    guide.evaluate(DRAFT_IS_KEPT)
    guide.reload()
    guide.get_by_role("button", name="Bring it back").click()
    assert guide.get_by_label("Name", exact=True).input_value() == "typed-and-not-saved"


def test_the_page_works_without_script(browser: Any, live_server: Any, ada: Viewer) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/style-guide/")
    for name in ("keys", "source"):
        expect(page.locator(f"textarea[name={name}]")).to_be_visible()
    for panel in page.locator(".tab-panel").all():
        expect(panel).to_be_visible()
    context.close()
