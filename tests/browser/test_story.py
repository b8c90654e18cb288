"""A policy on its whole way: written, objected to, rewritten, approved by two, released, fetched by a pipeline."""

from __future__ import annotations

import re
import urllib.request

from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener
from tests.factories import DEVELOPMENT, FRANKFURT, HANGZHOU, PASSWORD, PRODUCTION, SHANGHAI

EVERYWHERE = [(a, r) for a in (PRODUCTION, DEVELOPMENT) for r in (HANGZHOU, SHANGHAI, FRANKFURT)]


def log_in_by_form(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def decide(page: Page, verdict: str, text: str = "") -> None:
    page.get_by_role("radio", name=re.compile(f"^{verdict}")).check()
    page.get_by_label("What you want to say").fill(text)
    page.get_by_role("button", name="Send the decision").click()


def test_a_policy_from_the_first_idea_to_the_pipeline(
    open_browser: Opener,
    ada: Viewer,
    rui: Viewer,
    noor: Viewer,
    production: Account,
    development: Account,
) -> None:
    # Ada writes.
    author = open_browser()
    log_in_by_form(author, "ada")
    author.get_by_role("link", name="Policies", exact=True).click()
    author.get_by_role("link", name="New policy").first.click()
    author.locator("a", has_text="tag").first.click()
    author.get_by_label("Name", exact=True).fill("apollo-decrypt")
    author.get_by_label("Description").fill("Lets the Apollo services use their keys.")
    author.get_by_label("Tag key").first.fill("Project")
    author.get_by_role("checkbox", name="Production, all regions").check()
    author.get_by_role("checkbox", name="Development, all regions").check()
    expect(author.locator("#result-summary")).to_contain_text("Project")
    expect(author.locator("#result")).to_contain_text("Can be saved and proposed.")
    author.get_by_role("button", name="Save revision").click()
    expect(author.get_by_role("heading", name="apollo-decrypt", level=1)).to_be_visible()

    # She proposes it.
    author.get_by_role("link", name="Propose for review").click()
    author.get_by_label("Message").fill("Apollo starts on Monday.")
    author.get_by_role("button", name="Propose for review").click()
    expect(author.get_by_role("heading", name="apollo-decrypt, revision 1", level=1)).to_be_visible()
    expect(author.locator(".decision")).to_contain_text("needs the role reviewer")
    review_address = author.url

    # Noor approves what she sees.
    second = open_browser(noor.user)
    second.goto(review_address)
    decide(second, "Approve")
    expect(second.locator("#main")).to_contain_text("1 of 2 approvals")

    # Rui finds it in his inbox, and asks for a change at a line.
    first = open_browser()
    log_in_by_form(first, "rui")
    first.get_by_role("link", name="1 review waits for you").click()
    first.get_by_role("link", name="apollo-decrypt").click()
    expect(
        first.get_by_text("Lets the Apollo services use their keys.")
        .or_(first.get_by_text("Apollo starts on Monday."))
        .first
    ).to_be_visible()
    line = first.locator(".diff__row", has_text="GenerateDataKey")
    line.get_by_role("link", name="Comment on line").click()
    first.get_by_label("Comment", exact=True).fill("Does it have to make data keys?")
    first.locator(".comment-form").get_by_role("button", name="Comment", exact=True).click()
    expect(first.get_by_label("Thread at line")).to_contain_text("Does it have to make data keys?")
    decide(first, "Request changes", "Decrypting should be enough.")
    expect(first.locator("#main")).to_contain_text("rui asked for changes")

    # Ada answers with a narrower revision.
    author.reload()
    author.locator("summary", has_text="Answer").click()
    author.get_by_label("Answer").fill("It does not. Revision 2 only decrypts.")
    author.get_by_role("button", name="Send the answer").click()
    expect(author.get_by_label("Thread at line")).to_contain_text("Revision 2 only decrypts.")
    author.get_by_role("link", name="Open the policy").click()
    author.get_by_role("link", name="Edit", exact=True).click()
    expect(author.get_by_text("makes approvals of the present one stale")).to_be_visible()
    author.get_by_role("checkbox", name="Generate data key").uncheck()
    author.get_by_role("checkbox", name="Encrypt", exact=False).first.uncheck()
    author.get_by_label("Message").fill("Decrypt only")
    author.get_by_role("button", name="Save revision").click()
    expect(author.get_by_text("Saved as revision 2.")).to_be_visible()

    # What was decided before is stale, and says so.
    second.reload()
    expect(second.get_by_role("heading", name="apollo-decrypt, revision 2", level=1)).to_be_visible()
    expect(second.get_by_label("Where the review stands")).to_contain_text("approved, stale")
    expect(second.get_by_text("It has changed since.")).to_be_visible()
    expect(second.get_by_label("Thread at line")).to_contain_text("Outdated")

    # Both approve; Ada releases.
    decide(second, "Approve")
    expect(second.locator("#main")).to_contain_text("1 of 2 approvals")
    first.reload()
    first.get_by_role("button", name="Resolve").click()
    expect(first.get_by_label("Thread at line")).to_contain_text("Resolved by rui")
    decide(first, "Approve", "Thank you.")
    expect(first.locator("#main")).to_contain_text("Nothing stands in the way of a release.")
    author.goto(review_address)
    author.get_by_role("button", name="Release", exact=True).first.click()
    author.get_by_role("dialog").get_by_role("button", name="Release", exact=True).click()
    expect(author.get_by_text("Revision 2 was released by ada.")).to_be_visible()

    # A pipeline fetches it with a token that Ada made: the bytes of the page, for every target.
    author.goto("/tokens/new/")
    author.get_by_label("Name", exact=True).fill("deploy pipeline")
    author.get_by_role("checkbox", name="read", exact=False).first.uncheck()
    author.get_by_role("checkbox", name="export", exact=False).check()
    author.get_by_role("button", name="Make the token").click()
    token = author.locator("#secret").inner_text()
    author.get_by_role("link", name="I have stored it").click()
    author.get_by_role("link", name="Policies", exact=True).click()
    author.get_by_role("link", name="apollo-decrypt").click()
    author.get_by_role("link", name="Targets").click()
    policy_address = author.url.split("?")[0]
    for account, region in EVERYWHERE:
        author.goto(f"{policy_address}targets/{account}/{region}/")
        shown = (
            author.locator("figure", has_text="Released document")
            .get_by_role("button", name="Copy")
            .get_attribute("data-text")
        )
        assert shown is not None
        assert f"acs:kms:{region}:{account}:" in shown
        assert fetched(author, f"/api/v1/export/{account}/{region}/apollo-decrypt/", token) == shown.encode()


def fetched(page: Page, address: str, token: str) -> bytes:
    """What a program gets that knows nothing but the address and the token."""
    base = "/".join(page.url.split("/")[:3])
    request = urllib.request.Request(base + address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return bytes(answer.read())
