"""The statement editor in a browser: cards and JSON are one policy, undo goes over both, keys alone suffice."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.ram.canonical import text_of
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow
from tests.factories import make_policy

NEW = "/policies/new/custom/"
REPLACE = """text => {
    const view = document.querySelector("[data-json-editor]").editor;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}"""
DRAFT_IS_KEPT = """text => new Promise((done) => {
    const look = () => (JSON.stringify(localStorage).includes(text) ? done() : setTimeout(look, 50));
    look();
})"""
ALLOW = {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": ["acs:kms:${region}:${account}:key/*"]}
DENY = {"Effect": "Deny", "Action": ["kms:Encrypt"], "Resource": ["*"]}


def document(*statements: Any) -> str:
    return text_of({"Version": "1", "Statement": list(statements)})


@pytest.fixture
def page(open_browser: Opener, ada: Viewer, development: Account) -> Page:
    """Ada's browser, at the statement editor for a new policy, with its JSON editor ready."""
    page = open_browser(ada.user, viewport={"width": 1440, "height": 900})
    page.goto(NEW)
    expect(page.locator(".editor__host")).to_be_visible()
    return page


def statements(page: Page) -> list[Any]:
    """What the JSON says now."""
    found: list[Any] = json.loads(page.locator("#source").input_value())["Statement"]
    return found


def add_action(page: Page, name: str, card: str = "#s0") -> None:
    page.locator(card).get_by_label("Name or pattern").fill(name)
    page.keyboard.press("Enter")
    expect(page.locator(card).locator(".entry", has_text=name)).to_be_visible()


def cards(page: Page) -> Locator:
    return page.locator(".statement")


def test_every_change_shows_its_json_and_every_edit_of_the_json_its_cards(page: Page) -> None:
    add_action(page, "kms:Decrypt")
    assert statements(page)[0]["Action"] == ["kms:Decrypt"]
    page.evaluate(REPLACE, document(ALLOW, DENY))
    expect(cards(page)).to_have_count(2)
    expect(page.locator("#s1")).to_contain_text("Deny")
    page.get_by_role("button", name="Deny", exact=True).first.click()
    expect(page.locator("#s0.statement--deny")).to_be_visible()
    assert statements(page) == [{**ALLOW, "Effect": "Deny"}, DENY]


def test_while_the_json_cannot_be_read_the_cards_stay_and_nothing_is_lost(page: Page) -> None:
    add_action(page, "kms:Decrypt")
    page.locator("#s0").get_by_label("Name or pattern").fill("kms:Half")
    page.evaluate(REPLACE, '{"Version": "1",')
    expect(page.locator("#statements .note--error")).to_contain_text("the statements below are of before")
    expect(page.locator("#s0 .entry")).to_contain_text("kms:Decrypt")
    expect(page.locator("#s0").get_by_role("button", name="Deny", exact=True)).to_be_disabled()
    expect(page.locator("#add-statement")).to_be_disabled()
    assert page.locator("#source").input_value() == '{"Version": "1",'
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#statements .note--error")).to_have_count(0)
    expect(page.locator("#s0").get_by_label("Name or pattern")).to_have_value("kms:Half")
    assert statements(page)[0]["Action"] == ["kms:Decrypt"]


def test_undo_and_redo_go_over_cards_and_json_alike(page: Page) -> None:
    add_action(page, "kms:Decrypt")
    page.evaluate(REPLACE, document(ALLOW))
    expect(page.locator("#s0 .entry")).to_have_count(2)
    page.locator("[id='s0.copy']").click()
    expect(cards(page)).to_have_count(2)
    page.locator("[id='s1.remove']").click()
    expect(cards(page)).to_have_count(1)
    for count in (2, 1):
        page.keyboard.press("Control+z")
        expect(cards(page)).to_have_count(count)
    page.keyboard.press("Control+z")
    expect(page.locator("#s0 .entry")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("#s0 .entry")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")
    for _ in range(3):
        page.keyboard.press("Control+Shift+z")
        page.wait_for_timeout(600)
    expect(cards(page)).to_have_count(2)
    assert statements(page) == [ALLOW, ALLOW]


def test_a_reload_loses_neither_the_text_nor_what_could_be_undone(page: Page) -> None:
    add_action(page, "kms:Decrypt")
    add_action(page, "kms:Encrypt")
    page.evaluate(DRAFT_IS_KEPT, "kms:Encrypt")
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(NEW)
    expect(again.locator(".editor__host")).to_be_visible()
    again.get_by_role("button", name="Bring it back").click()
    expect(again.locator("#s0 .entry")).to_have_count(2)
    again.get_by_role("button", name="Undo").click()
    expect(again.locator("#s0 .entry")).to_have_count(1)


def test_looking_at_a_card_is_nothing_to_be_kept(
    open_browser: Opener, ada: Viewer, development: Account
) -> None:
    policy = make_policy(ada, "own", source=document(*[DENY] * 5))
    page = open_browser(ada.user)
    page.goto(f"/policies/{policy.pk}/edit/statements/")
    page.locator("[id='s3.toggle']").click()
    expect(page.locator("#s3.statement--open")).to_be_visible()
    page.wait_for_timeout(1000)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    page.get_by_label("Message").fill("x")
    page.evaluate(DRAFT_IS_KEPT, '\\"x\\"')


def test_a_policy_is_built_with_the_keyboard_alone(page: Page) -> None:
    press = page.keyboard.press
    page.locator("[id='s0.pattern']").focus()
    page.keyboard.type("kms:Decrypt")
    press("Enter")
    expect(page.locator("#s0 .entry")).to_have_count(1)
    expect(page.locator("[id='s0.pattern']")).to_be_focused()
    press("Tab")
    press("Tab")
    expect(page.locator("[id='s0.pick-open']")).to_be_focused()
    press("Enter")
    expect(page.locator("[id='s0.find.q']")).to_be_focused()
    page.keyboard.type("encrypts data")
    for _ in range(5):
        press("Tab")
    press("Space")
    page.locator("[id='s0.pick-add']").press("Enter")
    expect(page.locator("#s0 .entry")).to_have_count(2)
    page.locator("[id='s0.suggest.key']").press("Enter")
    expect(page.locator("#s0 .entry")).to_have_count(3)
    page.locator("#add-statement").press("Enter")
    expect(page.locator("[id='s1.title']")).to_be_focused()
    press("Alt+ArrowUp")
    expect(page.locator("[id='s0.up']")).to_be_focused()
    assert [s["Action"] == [] for s in statements(page)] == [True, False]
    press("Alt+ArrowDown")
    expect(page.locator("[id='s1.down']")).to_be_focused()
    assert [s["Action"] == [] for s in statements(page)] == [False, True]


def test_the_picker_filters_at_once_and_keeps_what_is_chosen(page: Page) -> None:
    card = page.locator("#s0")
    card.get_by_role("button", name="Choose from the list").click()
    card.get_by_label("Risk", exact=True).select_option("critical")
    shown = card.locator(".picker__choice:visible")
    expect(shown.nth(20)).to_have_count(0)
    assert shown.count() > 0
    shown.first.click()
    card.get_by_label("Risk", exact=True).select_option("none")
    card.get_by_label("Group", exact=True).select_option("alias")
    expect(shown.first.get_by_role("checkbox")).to_be_checked()
    card.get_by_role("button", name="Choose all that are shown").click()
    count = card.locator(".picker__choice input:checked").count()
    card.get_by_role("button", name="Add the chosen actions").click()
    expect(card.locator(".entry")).to_have_count(count)


def test_a_pattern_shows_what_it_stands_for_while_it_is_typed(page: Page) -> None:
    page.locator("[id='s0.pattern']").press_sequentially("kms:List*")
    expect(page.locator("[id='s0.pattern_reach']")).to_contain_text("kms:ListKeys")


def test_what_is_typed_while_an_answer_is_under_way_is_kept(page: Page) -> None:

    def slowly(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/change/", slowly)
    page.locator("[id='s0.pattern']").fill("kms:Decrypt")
    page.locator("[id='s0.pattern-add']").click()
    page.get_by_label("Add a condition on").select_option("acs:SourceIp")
    expect(page.locator("#s0 .entry")).to_have_count(1)
    expect(page.get_by_role("combobox", name="Addresses")).to_be_visible()
    expect(page.get_by_label("Add a condition on")).to_have_value("acs:SourceIp")


def test_a_change_that_a_finding_offers_is_made_in_the_card_and_can_be_undone(page: Page) -> None:
    page.evaluate(REPLACE, document({**ALLOW, "Action": ["kms:decrypt"]}))
    card = page.locator("#s0")
    entry = card.locator(".entry", has_text="kms:decrypt")
    expect(entry).to_contain_text("is documented as kms:Decrypt")
    entry.get_by_role("link", name="What to do").first.click()
    page.locator("#result .finding", has_text="kms:decrypt").get_by_role("button", name="Apply").first.click()
    expect(card.locator(".entry", has_text="kms:Decrypt")).to_be_visible()
    assert statements(page)[0]["Action"] == ["kms:Decrypt"]
    page.get_by_role("button", name="Undo").click()
    expect(card.locator(".entry", has_text="kms:decrypt")).to_be_visible()


def test_the_next_revision_of_what_no_builder_makes_is_edited_here(
    open_browser: Opener, ada: Viewer, development: Account
) -> None:
    policy = make_policy(ada, "own", source=document(ALLOW, DENY))
    page = open_browser(ada.user)
    page.goto(f"/policies/{policy.pk}/edit/")
    expect(page.get_by_role("heading", name="Edit the statements of own", level=1)).to_be_visible()
    page.locator("[id='s1.remove']").click()
    expect(cards(page)).to_have_count(1)
    page.get_by_label("Message").fill("no denial needed")
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    assert newest_revision(Policy.objects.get()).source == document(ALLOW)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (360, "light")])
def test_all_parts_open_are_accessible_and_fit(
    open_browser: Opener, ada: Viewer, development: Account, width: int, scheme: Any
) -> None:
    page = open_browser(ada.user, viewport={"width": width, "height": 800}, color_scheme=scheme)
    conditions = {
        "IpAddress": {"acs:SourceIp": ["192.0.2.0/24"]},
        "Bool": {"acs:SecureTransport": "true"},
        "DateLessThan": {"acs:CurrentTime": "2030-12-31T23:59:59Z"},
        "StringEquals": {"kms:tag/Project": ["Apollo"]},
    }
    source = document({**ALLOW, "Action": ["kms:Decrypt", "kms:List*"], "Condition": conditions}, DENY)
    policy = make_policy(ada, "own", source=source)
    page.goto(f"/policies/{policy.pk}/edit/statements/")
    page.locator("[id='s0.pick-open']").click()
    expect(page.locator("[id='s0.picker']")).to_be_visible()
    page.get_by_label("Add a condition on").first.select_option("kms:tag/${TagKey}")
    expect(page.locator("[id='s0.c.new.tail']")).to_be_visible()
    page.evaluate("document.querySelectorAll('.statement details').forEach((part) => { part.open = true; })")
    expect(page.locator("#s0 .chips__entry").first).to_be_visible()
    assert accessibility_faults(page) == []
    assert sideways_overflow(page) <= 0


def test_a_condition_that_is_not_added_yet_keeps_one_from_saving_and_leaving(page: Page) -> None:
    add_action(page, "kms:Decrypt")
    page.get_by_role("button", name="Every key").click()
    page.get_by_label("Add a condition on").select_option("acs:SourceIp")
    page.locator("#s0").get_by_role("button", name="Add the condition").wait_for()
    page.locator("#s0 .condition-new .chips__entry").fill("203.0.113.0/24")
    page.get_by_label("Name", exact=True).fill("half")
    for button in ("Save revision", "Open as JSON"):
        page.get_by_role("button", name=button).click()
        link = page.locator(".error-summary a", has_text="This condition is not added yet")
        expect(link).to_be_visible()
        assert Policy.objects.count() == 0
        link.click()
        expect(page.get_by_label("Add a condition on")).to_be_focused()
        expect(page.locator("#s0 .condition-new .chips")).to_contain_text("203.0.113.0/24")
    page.get_by_role("button", name="Add the condition").click()
    expect(page.locator("#s0").get_by_text("203.0.113.0/24").first).to_be_visible()
    page.get_by_role("button", name="Open as JSON").click()
    page.wait_for_url("**/policies/editor/")
    expect(page.locator("#source")).to_have_value(re.compile("203.0.113.0/24"))


def test_undo_redo_and_a_reload_break_no_rule_of_the_content_policy(page: Page) -> None:
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => {"
        " (window.violations ??= []).push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample); });"
    )
    page.reload()
    expect(page.locator(".editor__host")).to_be_visible()
    add_action(page, "kms:Decrypt")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#s0 .entry", has_text="kms:Decrypt")).to_have_count(0)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("#s0 .entry", has_text="kms:Decrypt")).to_be_visible()
    page.evaluate(REPLACE, '{"Version": "1",')
    expect(page.locator(".statements__cards--stale")).to_be_visible()
    expect(page.locator("#s0").get_by_role("button", name="Deny")).to_be_disabled()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#s0").get_by_role("button", name="Deny")).to_be_enabled()
    assert page.evaluate("window.violations ?? []") == []
    page.reload()
    expect(page.locator(".editor__host")).to_be_visible()
    assert page.evaluate("window.violations ?? []") == []
