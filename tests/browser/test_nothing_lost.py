"""What goes wrong while one works: nothing typed is lost, and the page says what happened."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from policystudio.accounts.models import Account
from policystudio.builders.library.crypto_user import BUILDER
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.policies.services.revise import revise
from policystudio.review.services.propose import propose
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener, page_faults
from tests.factories import HANGZHOU, PASSWORD, make_policy

# Playwright's own waiting evaluates text, which the Content-Security-Policy refuses.
DRAFT_IS_KEPT = """text => new Promise((done) => {
    const look = () => (JSON.stringify(localStorage).includes(text) ? done() : setTimeout(look, 50));
    look();
})"""
REPLACE = """text => {
    const view = document.querySelector("[data-json-editor]").editor;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}"""


@pytest.fixture
def page(open_browser: Opener, ada: Viewer, development: Account) -> Page:
    """Ada's browser."""
    return open_browser(ada.user)


def add_chip(page: Page, name: str, text: str) -> None:
    page.get_by_role("combobox", name=name).fill(text)
    page.keyboard.press("Enter")


def test_who_wrote_it_is_told_that_somebody_else_has_to_decide(
    open_browser: Opener, rui: Viewer, development: Account
) -> None:
    review = propose(by=rui, policy=make_policy(rui), message="please look")
    page = open_browser(rui.user)
    page.goto(f"/reviews/{review.pk}/")
    expect(page.locator(".decision")).to_contain_text("You wrote revision 1, so somebody else has to decide.")
    expect(page.get_by_role("radio", name="Approve")).to_have_count(0)


def test_a_form_that_is_refused_comes_back_as_it_was(page: Page) -> None:
    page.goto("/policies/new/crypto-user/")
    page.get_by_label("Name", exact=True).fill("not a name!")
    page.get_by_label("Description").fill("Déjà vu <b>密钥</b>")
    page.get_by_role("radio", name="These keys").check()
    add_chip(page, "These keys", "key-1")
    add_chip(page, "These keys", "bad:key")
    page.get_by_role("checkbox", name="Encrypt").first.uncheck()
    page.get_by_role("checkbox", name=f"Development, {HANGZHOU}").check()
    page.get_by_role("radio", name="One RAM policy for the account").check()
    page.get_by_label("Message").fill("line one\nline two")
    page.get_by_role("button", name="Save revision").click()

    summary = page.get_by_role("alert").filter(has_text="This cannot be saved yet")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.matches('input, textarea')")
    expect(page.get_by_label("Name", exact=True)).to_have_value("not a name!")
    expect(page.get_by_label("Description")).to_have_value("Déjà vu <b>密钥</b>")
    expect(page.get_by_role("button", name="Remove key-1")).to_be_visible()
    expect(page.locator(".chip--wrong")).to_contain_text("bad:key")
    expect(page.get_by_role("checkbox", name="Encrypt").first).not_to_be_checked()
    expect(page.get_by_role("checkbox", name=f"Development, {HANGZHOU}")).to_be_checked()
    expect(page.get_by_role("radio", name="One RAM policy for the account")).to_be_checked()
    expect(page.get_by_label("Message")).to_have_value("line one\nline two")

    page.get_by_label("Name", exact=True).fill("payments")
    page.get_by_role("button", name="Remove bad:key").click()
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_role("heading", name="payments", level=1)).to_be_visible()
    saved = Policy.objects.get()
    assert (saved.description, saved.region_mode) == ("Déjà vu <b>密钥</b>", "combined")
    assert newest_revision(saved).message == "line one\nline two"


def test_a_save_over_somebody_elses_shows_both_and_keeps_what_was_typed(
    page: Page, ada: Viewer, rui: Viewer
) -> None:
    policy = make_policy(ada, builder="crypto-user", parameters=BUILDER.defaults())
    page.goto(f"/policies/{policy.pk}/edit/")
    page.get_by_role("checkbox", name="Encrypt").first.uncheck()
    page.get_by_label("Message").fill("my own change")
    revise(
        by=rui, policy=policy, builder="crypto-user", parameters={"operations": ["encrypt"]}, message="sooner"
    )
    page.get_by_role("button", name="Save revision").click()

    told = page.get_by_role("alert").filter(has_text="The policy has changed since you opened it")
    expect(told).to_contain_text("The newest revision is 2, by rui.")
    expect(told.locator(".diff__side--removed")).to_contain_text(["kms:Encrypt"])
    expect(told.locator(".diff__side--added").filter(has_text="kms:Decrypt")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Encrypt").first).not_to_be_checked()
    expect(page.get_by_label("Message")).to_have_value("my own change")
    assert policy.revisions.count() == 2
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_text("Saved as revision 3.")).to_be_visible()
    assert newest_revision(Policy.objects.get()).message == "my own change"


def test_without_connection_the_last_result_stays_and_is_marked(page: Page) -> None:
    page.goto("/policies/new/crypto-user/")
    summary = page.locator("#result-summary")
    page.get_by_role("radio", name="These keys").check()
    add_chip(page, "These keys", "key-1")
    expect(summary).to_contain_text("the key key-1")
    page.context.set_offline(True)
    add_chip(page, "These keys", "key-2")
    expect(page.get_by_text("You are offline: this is the last result.")).to_be_visible()
    expect(summary).to_contain_text("the key key-1")
    assert {fault.split(" ")[-1] for fault in page_faults[page] if "ERR_" in fault} <= {
        "net::ERR_INTERNET_DISCONNECTED"
    }
    page.context.set_offline(False)
    expect(summary).to_contain_text("key-2")
    expect(page.get_by_text("You are offline: this is the last result.")).to_be_hidden()
    page_faults[page].clear()


def test_what_was_typed_is_offered_back_after_the_tab_was_closed(page: Page) -> None:
    page.goto("/policies/new/tag-scoped-crypto-user/")
    page.get_by_label("Name", exact=True).fill("half-way")
    page.get_by_role("button", name="Add a tag").click()
    page.get_by_label("Tag key").last.fill("Stage")
    page.get_by_role("checkbox", name="Development, all regions").check()
    page.evaluate(DRAFT_IS_KEPT, "Stage")
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/policies/new/tag-scoped-crypto-user/")
    again.get_by_role("button", name="Bring it back").click()
    expect(again.get_by_label("Name", exact=True)).to_have_value("half-way")
    expect(again.get_by_label("Tag key").last).to_have_value("Stage")
    expect(again.get_by_role("checkbox", name=f"Development, {HANGZHOU}")).to_be_checked()
    again.get_by_role("button", name="Save revision").click()
    expect(
        again.get_by_text("This cannot be saved yet").or_(again.get_by_role("heading", name="half-way"))
    ).to_be_visible()


def test_a_draft_is_forgotten_once_it_is_saved(page: Page) -> None:
    page.goto("/policies/new/crypto-user/")
    page.get_by_label("Name", exact=True).fill("done")
    page.evaluate(DRAFT_IS_KEPT, "done")
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_role("heading", name="done", level=1)).to_be_visible()
    page.goto("/policies/new/crypto-user/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Bring it back")).to_be_hidden()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")


def test_the_editor_marks_the_place_repairs_it_and_knows_the_builder(page: Page) -> None:
    page.goto("/policies/editor/")
    page.locator(".cm-content").wait_for()
    source = BUILDER.build(BUILDER.defaults()).source
    broken = (
        source.replace('"kms:Decrypt"', '"kms:Decrypt",', 1)
        if '"kms:Decrypt"\n' in source
        else source.replace("]", ",]", 1)
    )
    page.evaluate(REPLACE, broken)
    finding = page.locator(".finding", has_text="trailing-comma")
    expect(finding).to_be_visible()
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    finding.get_by_role("link", name="line").click()
    line = broken[: broken.index(",]") if ",]" in broken else broken.index('Decrypt",') + 8].count("\n") + 1
    expect(page.locator("[data-position]")).to_contain_text(f"{line}:")
    finding.get_by_text("Show the change").click()
    expect(finding.get_by_label("The change")).to_be_visible()
    finding.get_by_role("button", name="Apply").click()
    expect(page.locator("textarea[name=source]")).to_have_value(source)
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)
    expect(page.get_by_text("A builder makes exactly this document")).to_be_visible()


def test_from_log_in_to_a_saved_policy_by_keyboard_alone(
    open_browser: Opener, ada: Viewer, development: Account
) -> None:
    page = open_browser()
    page.goto("/")
    keys = page.keyboard
    tab_to(page, page.get_by_label("User name"))
    keys.type("ada")
    tab_to(page, page.get_by_label("Password", exact=True))
    keys.type(PASSWORD)
    keys.press("Enter")
    page.get_by_role("navigation", name="Main").wait_for()
    page.wait_for_load_state("networkidle")
    keys.press("g")
    keys.press("p")
    page.get_by_role("heading", name="Policies", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    keys.press("n")
    page.get_by_role("heading", name="New policy", level=1).wait_for()
    tab_to(page, page.locator('a[href="/policies/new/key-read-only/"]').first)
    keys.press("Enter")
    page.get_by_label("Name", exact=True).wait_for()
    page.wait_for_load_state("networkidle")
    tab_to(page, page.get_by_label("Name", exact=True))
    keys.type("read-keys")
    tab_to(page, page.get_by_role("radio", name="All keys"))
    keys.press("ArrowDown")
    tab_to(page, page.get_by_role("combobox", name="These keys"))
    keys.type("key-1,key-2")
    keys.press("Enter")
    tab_to(page, page.get_by_role("checkbox", name="Development, all regions"))
    keys.press("Space")
    keys.press("Control+s")
    expect(page.get_by_role("heading", name="read-keys", level=1)).to_be_visible()
    policy = Policy.objects.get()
    assert policy.targets.count() == 3
    assert "key/key-1" in newest_revision(policy).source


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the control has the focus, as a person would; it may not take forever."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached with Tab")
