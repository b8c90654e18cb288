"""A review in Chromium: by keyboard from change to comment to decision, dialogs, a decision that comes too late."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.services.revise import revise
from policystudio.review.models import Comment, Decision, Review
from policystudio.review.services.comment import comment
from policystudio.review.services.propose import propose
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow
from tests.factories import approve, make_released, source_text

WIDER = source_text(actions=("kms:Encrypt", "kms:Decrypt"))
APPROVE = re.compile("^Approve")


@pytest.fixture
def second(ada: Viewer, rui: Viewer, noor: Viewer, development: Account) -> Review:
    """A review that widens a released policy, with two threads at the same line."""
    policy = make_released(ada, rui)
    revise(by=ada, policy=policy, source=WIDER, message="decrypt too")
    review = propose(by=ada, policy=policy, message="The service reads what it wrote.")
    for body in ("Which service?", "Since when?"):
        comment(by=noor, review=review, body=body, line=8)
    return review


@pytest.fixture
def page_of_rui(open_browser: Opener, rui: Viewer, second: Review) -> Page:
    """Rui, at the review."""
    page = open_browser(rui.user)
    page.goto(f"/reviews/{second.pk}/")
    # Visible once the walk through the changes is there, with its key once keys are heard.
    page.locator("button[aria-keyshortcuts=n]", has_text="Next change").wait_for()
    return page


def test_from_change_to_comment_by_keyboard(page_of_rui: Page, second: Review) -> None:
    page_of_rui.locator("h1").focus()
    page_of_rui.keyboard.press("n")
    expect(page_of_rui.get_by_role("link", name="Comment on line 7")).to_be_focused()
    page_of_rui.keyboard.press("c")
    expect(page_of_rui.get_by_label("Comment", exact=True)).to_be_focused()
    assert accessibility_faults(page_of_rui) == []
    page_of_rui.keyboard.type("Why both?")
    page_of_rui.keyboard.press("Control+Enter")
    expect(page_of_rui.locator("article.thread", has_text="Why both?")).to_be_visible()
    made = Comment.objects.latest("pk")
    assert (made.line, made.revision_number, made.body) == (7, 2, "Why both?")


def test_a_cancelled_comment_gives_the_focus_back(page_of_rui: Page) -> None:
    link = page_of_rui.get_by_role("link", name="Comment on line 8")
    link.focus()
    page_of_rui.keyboard.press("Enter")
    expect(page_of_rui.get_by_label("About")).to_have_value("line:8")
    page_of_rui.get_by_role("button", name="Cancel").click()
    expect(link).to_be_focused()


def test_no_shortcut_decides_and_the_box_is_reached_by_keys(page_of_rui: Page) -> None:
    page_of_rui.locator("h1").focus()
    page_of_rui.keyboard.press("g")
    page_of_rui.keyboard.press("d")
    expect(page_of_rui.get_by_role("heading", name="Decision")).to_be_in_viewport()
    assert not Decision.objects.filter(review__state="open").exists()


def test_a_decision_that_comes_too_late_is_not_sent(page_of_rui: Page, ada: Viewer, second: Review) -> None:
    page_of_rui.get_by_role("radio", name=APPROVE).check()
    page_of_rui.get_by_label("What you want to say").fill("looks right")
    revise(by=ada, policy=second.policy, source=source_text(actions=("kms:*",)), message="all of it")
    page_of_rui.get_by_role("button", name="Send the decision").click()
    expect(page_of_rui.get_by_role("alert").filter(has_text="Nothing was sent")).to_be_focused()
    expect(page_of_rui.get_by_label("What you want to say")).to_have_value("looks right")
    expect(page_of_rui.get_by_role("radio", name=APPROVE)).not_to_be_checked()
    assert accessibility_faults(page_of_rui) == []
    assert not Decision.objects.filter(review=second).exists()


def test_a_release_asks_first(open_browser: Opener, ada: Viewer, rui: Viewer, second: Review) -> None:
    approve(rui, second)
    page = open_browser(ada.user)
    page.goto(f"/reviews/{second.pk}/")
    page.get_by_role("button", name="Release").first.click()
    dialog = page.get_by_role("dialog", name="Release this revision?")
    expect(dialog).to_be_visible()
    assert accessibility_faults(page) == []
    dialog.get_by_role("button", name="Cancel").click()
    second.refresh_from_db()
    assert second.state == "open"
    page.get_by_role("button", name="Release").first.click()
    dialog.get_by_role("button", name="Release").click()
    expect(page.get_by_text("Revision 2 was released by ada.")).to_be_visible()


def test_a_review_is_decided_without_script(open_browser: Opener, rui: Viewer, second: Review) -> None:
    page = open_browser(rui.user, java_script_enabled=False)
    page.goto(f"/reviews/{second.pk}/")
    page.get_by_role("link", name="Comment on line 7").click()
    page.get_by_label("Comment", exact=True).fill("Why both?")
    page.get_by_role("button", name="Comment", exact=True).click()
    assert Comment.objects.latest("pk").line == 7
    page.get_by_role("radio", name=APPROVE).check()
    page.get_by_role("button", name="Send the decision").click()
    expect(page.get_by_text("1 of 1 approvals").first).to_be_visible()


@pytest.mark.parametrize("width", [1440, 768, 360])
def test_nothing_scrolls_sideways(page_of_rui: Page, width: int) -> None:
    page_of_rui.set_viewport_size({"width": width, "height": 900})
    assert sideways_overflow(page_of_rui) <= 0
