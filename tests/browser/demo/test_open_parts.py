"""Menus and dialogs of the main pages, open: accessible, and closed again by Escape, which gives the focus back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from policystudio.policies.models import Policy
from policystudio.review.models import Review
from tests.browser.conftest import Opener, accessibility_faults
from tests.browser.demo.test_accessibility import APPEARANCES, check, opened

Step = Callable[[Page], Locator]


def menu(name: str) -> Step:
    return lambda page: page.locator(f"summary[aria-label^='{name}']")


def in_menu(name: str) -> Step:
    """A line of the page's own menu, which is opened first."""

    def find(page: Page) -> Locator:
        page.locator("#main summary.button").first.click()
        return page.get_by_role("button", name=name)

    return find


def policy(name: str) -> Callable[[], str]:
    return lambda: f"/policies/{Policy.objects.get(name=name).pk}/"


def review(name: str) -> Callable[[], str]:
    return lambda: f"/reviews/{Review.objects.get(policy__name=name).pk}/"


DIALOGS: dict[str, tuple[Callable[[], str], Step]] = {
    "delete a policy": (policy("full-access"), in_menu("Delete")),
    "delete a released policy": (policy("key-read-only"), in_menu("Delete")),
    "withdraw a review": (review("secret-admin"), in_menu("Withdraw")),
    "release": (
        review("secret-value-retrieval"),
        lambda page: page.get_by_role("button", name="Release").first,
    ),
    "revoke a token": (lambda: "/tokens/", lambda page: page.get_by_role("button", name="Revoke nightly")),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog(name: str, open_demo: Opener) -> None:
    address, opener = DIALOGS[name]
    page = opened(open_demo, address())
    opener(page).click()
    expect(page.locator("dialog[open]")).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")


def test_the_menu_of_a_person(open_demo: Opener) -> None:
    page = opened(open_demo, "/")
    opener = menu("You: admin")(page)
    opener.click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_navigation_of_a_narrow_screen(open_demo: Opener) -> None:
    page = opened(open_demo, "/policies/", width=360)
    page.get_by_role("button", name="Navigation").click()
    expect(page.get_by_role("link", name="Reviews", exact=True)).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Reviews", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="Navigation")).to_be_focused()


def test_the_palette_finds_a_page_and_opens_it(open_demo: Opener) -> None:
    page = opened(open_demo, "/")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_be_visible()
    check(page)
    page.keyboard.type("catal")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("atalog")


def test_a_form_with_faults(open_demo: Opener) -> None:
    page = opened(open_demo, "/policies/new/crypto-user/", "author")
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_role("heading", name="This cannot be saved yet")).to_be_visible()
    check(page)


@pytest.mark.parametrize("user", ["viewer", "author", "reviewer"])
def test_what_others_than_the_admin_see(user: str, open_demo: Opener) -> None:
    for address in ("/", "/reviews/", review("secret-admin")(), policy("crypto-user")()):
        page = opened(open_demo, address, user)
        check(page, APPEARANCES[::2])
        page.context.close()
