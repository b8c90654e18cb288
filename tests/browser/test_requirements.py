"""From pasted requests to a saved policy in Chromium, by keyboard and without script."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy, Revision
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow
from tests.factories import DEVELOPMENT, HANGZHOU

KEY = f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-1"
TEXT = f"kms:Decrypt {KEY} kms:tag/Project=Apollo\nkms:Encrypt {KEY} kms:tag/Project=Apollo\nhello\n"
WIDE = "with the tag Project = Apollo"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_pasted_requests_become_a_policy(
    open_browser: Opener, ada: Viewer, development: Account, script: bool
) -> None:
    page = open_browser(ada.user, java_script_enabled=script)
    page.goto("/policies/new/")
    page.get_by_role("link", name="From requests").click()
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Read the requests").press("Enter")
    expect(
        page.get_by_text("It allows exactly the requests that are counted as allowed above.")
    ).to_be_visible()
    page.get_by_role("row", name="kms:Encrypt").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Use this choice").press("Enter")
    page.get_by_role("listitem").filter(has_text=WIDE).get_by_role("button").press("Enter")
    expect(page.get_by_text("It allows what was asked and what you accepted below.")).to_be_visible()
    assert page.get_by_label("Text", exact=True).input_value() == TEXT
    page.get_by_role("button", name="Go on with this document").press("Enter")
    page.get_by_label("Name", exact=True).fill("from-requests")
    page.get_by_role("button", name="Save revision").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("from-requests")
    saved = Policy.objects.get(name="from-requests")
    [statement] = json.loads(Revision.objects.get(policy=saved).source)["Statement"]
    assert (statement["Action"], statement["Resource"]) == (["kms:Decrypt"], [KEY.replace("key-1", "*")])
    assert [(each.account.number, each.region) for each in saved.targets.all()] == [(DEVELOPMENT, HANGZHOU)]


def test_the_page_is_accessible_wide_and_narrow(
    open_browser: Opener, ada: Viewer, development: Account
) -> None:
    page: Page = open_browser(ada.user)
    page.goto("/policies/requests/")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Read the requests").click()
    page.get_by_text("Exactly what it adds").first.click()
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessibility_faults(page) == []
        assert sideways_overflow(page) <= 0
