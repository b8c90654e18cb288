"""Writing sentences in Chromium: words by keyboard, choices at a click, undo, Tab that leaves, a policy in the end."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow

PAGE = "/policies/new/sentences/"
SENTENCE = "Allows decrypting with every key in the target's region and account."


def opened(open_browser: Opener, address: str, ada: Viewer, **options: Any) -> Page:
    page = open_browser(ada.user, **options)
    page.goto(f"{address}{PAGE}")
    return page


def test_a_sentence_is_written_by_keyboard_and_saved(
    open_browser: Opener, live_server: Any, ada: Viewer, development: Account
) -> None:
    page = opened(open_browser, live_server.url, ada)
    field = page.get_by_label("One sentence on each line")
    words = page.get_by_role("option")
    # What was typed before the script came offers nothing.
    expect(field).to_have_attribute("aria-autocomplete", "list")
    field.press_sequentially("Allows kms:Decr")
    expect(words.first).to_contain_text("kms:Decrypt")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "sentences_options_0")
    field.press("Enter")
    expect(field).to_have_value("Allows decrypting")
    field.press_sequentially(" with every key in the target")
    expect(words.first).to_be_visible()
    field.press("Escape")
    expect(words.first).to_be_hidden()
    # Nothing is chosen, so Enter ends the line.
    field.press_sequentially("'s region and account")
    expect(words.first).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value(f"{SENTENCE.rstrip('.')}\n")
    field.press("Tab")
    expect(field).not_to_be_focused()
    expect(page.locator("#result .sentence")).to_contain_text(SENTENCE)
    page.get_by_label("Name", exact=True).fill("said-plainly")
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_text("The policy is saved as revision 1.")).to_be_visible()
    made = json.loads(Policy.objects.get(name="said-plainly").revisions.get().source)["Statement"][0]
    assert made["Action"] == "kms:Decrypt"


def test_a_choice_is_taken_at_a_click_and_undone_by_keyboard(
    open_browser: Opener, live_server: Any, ada: Viewer, development: Account
) -> None:
    page = opened(open_browser, live_server.url, ada)
    field = page.get_by_label("One sentence on each line")
    wrong = f"\U0001f511\n{SENTENCE.replace('every key', 'every kye')}"
    field.fill(wrong)
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="line 2, column 30").click()
    assert page.evaluate("getSelection().toString()") == "kye"
    page.get_by_role("button", name="key", exact=True).click()
    cured = wrong.replace("kye", "key")
    expect(field).to_have_value(cured)
    expect(page.get_by_role("link", name="line 2, column 30")).to_have_count(0)
    field.press("ControlOrMeta+z")
    expect(field).to_have_value(wrong)
    field.fill(SENTENCE)
    expect(page.locator("#result .sentence")).to_contain_text(SENTENCE)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_one_choice_after_the_other_is_taken_without_a_list_over_them(
    open_browser: Opener, live_server: Any, ada: Viewer, development: Account
) -> None:
    page = opened(open_browser, live_server.url, ada)
    field = page.get_by_label("One sentence on each line")
    field.fill(f"{SENTENCE.replace('every key', 'every kye')}\nAllows encryptng")
    page.get_by_role("button", name="key", exact=True).click()
    # As long as a list would need to come.
    page.wait_for_timeout(600)
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("button", name="encrypting", exact=True).click()
    expect(field).to_have_value(f"{SENTENCE}\nAllows encrypting")
    page.wait_for_timeout(600)
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_page_is_accessible_wide_and_narrow_light_and_dark(
    open_browser: Opener, live_server: Any, ada: Viewer, development: Account
) -> None:
    for width in (1440, 390):
        for scheme in ("light", "dark"):
            page = opened(
                open_browser,
                live_server.url,
                ada,
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
            )
            field = page.get_by_label("One sentence on each line")
            field.fill(f"{SENTENCE}\nAllows encryptng")
            expect(page.get_by_role("group", name="Did you mean")).to_be_visible()
            field.press("End")
            field.press_sequentially(" ")
            field.press("Backspace")
            assert accessibility_faults(page) == []
            assert sideways_overflow(page) <= 0


def test_without_script_choices_and_languages_are_buttons_of_the_form(
    open_browser: Opener, live_server: Any, ada: Viewer, development: Account
) -> None:
    page = opened(open_browser, live_server.url, ada, java_script_enabled=False)
    page.get_by_label("One sentence on each line").fill(SENTENCE.replace("decrypting", "decryptng"))
    page.get_by_role("button", name="Show the result").click()
    page.get_by_role("button", name="decrypting", exact=True).click()
    expect(page.get_by_label("One sentence on each line")).to_have_value(SENTENCE)
    page.get_by_role("button", name="Go on in Chinese").click()
    expect(page.get_by_label("One sentence on each line")).to_have_value(
        "允许对目标地域、目标账号的所有密钥执行以下操作：解密。"
    )
