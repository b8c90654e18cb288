"""The simulator in Chromium: from a policy to a denial, its near miss, the saved case, and the address elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.cases.models import Case
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow

SOURCE = json.dumps(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "acs:kms:${region}:${account}:key/*",
                "Condition": {"IpAddress": {"acs:SourceIp": "203.0.113.0/24"}},
            }
        ],
    }
)


@pytest.fixture
def guarded(ada: Viewer, development: Account) -> Policy:
    """A policy that allows decryption from one range of addresses."""
    return factories.make_policy(ada, "guarded", source=SOURCE)


def ask(page: Page, address: str, policy: Policy) -> None:
    """From the policy's page to a denial, by the keyboard where a person would use it."""
    page.goto(f"{address}/policies/{policy.pk}/")
    page.get_by_role("link", name="Ask the simulator").click()
    expect(page.get_by_label("Stored policy").first).to_have_value(str(policy.pk))
    expect(page.get_by_label("Account")).to_have_value(factories.DEVELOPMENT)
    page.get_by_label("Action").fill("kms:Decrypt")
    page.get_by_label("Id or name").fill("key-1")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict__word")).to_have_text("Denied")


def test_denial_near_miss_saved_case_and_the_address_in_another_session(
    open_browser: Opener, live_server: Any, guarded: Policy, ada: Viewer, rui: Viewer
) -> None:
    page = open_browser(ada.user)
    ask(page, live_server.url, guarded)
    expect(page.get_by_text("all but acs:SourceIp fits")).to_be_visible()
    page.get_by_role("link", name="Ask with acs:SourceIp = 203.0.113.1").click()
    expect(page.locator(".verdict__word")).to_have_text("Allowed")
    expect(page.locator(".trace__statement--deciding")).to_contain_text("decides")
    address = page.url

    page.get_by_role("link", name="Save as a case").click()
    page.get_by_label("Name", exact=True).fill("The office decrypts")
    page.get_by_role("button", name="Save the case").click()
    expect(page.get_by_role("heading", name="The office decrypts", level=1)).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("as expected")
    assert Case.objects.get().context == {"acs:SourceIp": "203.0.113.1"}

    other = open_browser(rui.user)
    other.goto(address)
    expect(other.locator(".verdict__word")).to_have_text("Allowed")
    other.get_by_role("link", name="Statement 1", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Revision 1 of guarded")
    other.keyboard.press("g")
    other.keyboard.press("s")
    expect(other.get_by_role("heading", name="Simulator", level=1)).to_be_visible()


def test_rows_grow_and_parts_follow_the_type(
    open_browser: Opener, live_server: Any, guarded: Policy, ada: Viewer
) -> None:
    page = open_browser(ada.user)
    page.goto(f"{live_server.url}/simulator/?policy={guarded.pk}")
    rows = page.locator(".context-row")
    expect(rows).to_have_count(2)
    page.locator("#key-1").fill("acs:MFAPresent")
    expect(rows).to_have_count(3)
    expect(page.locator("#value-1")).to_have_attribute("list", "known-booleans")
    expect(page.get_by_label("Resource in full")).to_be_hidden()
    page.get_by_label("Resource", exact=True).select_option("text")
    expect(page.get_by_label("Resource in full")).to_be_visible()
    expect(page.get_by_label("Id or name")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_are_accessible_and_do_not_scroll_sideways(
    open_browser: Opener, live_server: Any, guarded: Policy, ada: Viewer, width: int, scheme: str
) -> None:
    case = factories.make_case(ada, policy=guarded)
    page = open_browser(ada.user)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    question = f"policy={guarded.pk}&action=kms:Decrypt&resource=acs:kms:cn-hangzhou:1:key/x"
    addresses = (
        f"/simulator/?{question}",
        f"/simulator/?{question}&context=acs:SourceIp=here",
        "/simulator/?policy=0&action=x&resource=y",
        f"/compare/?after_policy={guarded.pk}",
        "/cases/",
        f"/cases/{case.pk}/",
        f"/cases/new/?{question}",
    )
    for address in addresses:
        page.goto(live_server.url + address)
        page.locator("h1").wait_for()
        assert accessibility_faults(page) == [], address
        assert sideways_overflow(page) <= 0, address
