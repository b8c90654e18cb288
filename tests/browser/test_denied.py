"""Access denied in Chromium: from a pasted refusal to the draft that would help, by anybody and without script too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy, Revision
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.analysis.reported import texts
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow

PLACE = f"acs:kms:{factories.HANGZHOU}:{factories.DEVELOPMENT}"
KEY = f"{PLACE}:key/key-1"
SOURCE = json.dumps(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["kms:Decrypt"],
                "Resource": ["acs:kms:${region}:${account}:key/*"],
                "Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}},
            }
        ],
    }
)
REFUSAL = json.dumps(texts.diagnostic(AuthResource=KEY), indent=2)


@pytest.fixture
def office(ada: Viewer, rui: Viewer, development: Account) -> Policy:
    """A released policy that allows decryption from the office alone."""
    targets = [(factories.DEVELOPMENT, factories.HANGZHOU)]
    return factories.make_released(ada, rui, name="office", source=SOURCE, targets=targets)


def paste(page: Page, address: str, text: str) -> None:
    page.goto(f"{address}/denied/")
    page.get_by_label("Error message, decoded diagnostic or trail event").fill(text)
    page.get_by_role("button", name="Read it").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_refusal_becomes_a_draft_that_allows_it(
    open_browser: Opener, live_server: Any, office: Policy, ada: Viewer, script: bool
) -> None:
    page = open_browser(ada.user, java_script_enabled=script)
    paste(page, live_server.url, REFUSAL)
    expect(page.locator(".verdict__word")).to_have_text("Nearly allowed")
    expect(page.get_by_label("Action")).to_have_value("kms:Decrypt")
    expect(page.get_by_label("Stored policy").first).to_have_value(str(office.pk))
    change = page.locator("#change")
    expect(change).to_contain_text("Add a value to a condition")
    expect(change).to_contain_text("203.0.113.7")
    page.get_by_role("button", name="Open as a draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("office")
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_role("heading", name="office", level=1)).to_be_visible()
    newest = Revision.objects.get(policy=office, number=2)
    assert "203.0.113.7" in newest.source
    assert "${region}" in newest.source


def test_what_is_missing_is_typed_and_explained(
    open_browser: Opener, live_server: Any, office: Policy, ada: Viewer
) -> None:
    page = open_browser(ada.user)
    paste(
        page,
        live_server.url,
        f"Forbidden.NoPermission: This operation for {KEY} is forbidden by permission system.",
    )
    expect(page.locator("#answer")).to_contain_text("Say which action was refused")
    page.get_by_label("Action").fill("kms:Decrypt")
    page.get_by_label("Stored policy").first.select_option(str(office.pk))
    page.get_by_label("Action").press("Enter")
    expect(page.locator("#answer")).to_contain_text("Something is not said")
    expect(page.get_by_label("Error message, decoded diagnostic or trail event")).to_have_value(
        f"Forbidden.NoPermission: This operation for {KEY} is forbidden by permission system."
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_is_accessible_and_does_not_scroll_sideways(
    open_browser: Opener, live_server: Any, office: Policy, ada: Viewer, width: int, scheme: str
) -> None:
    page = open_browser(ada.user)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/denied/")
    assert accessibility_faults(page) == []
    assert sideways_overflow(page) <= 0
    several = f"{REFUSAL}\nregards\n\nkms:Encrypt {KEY}\n" + "x" * 300
    outside = json.dumps(texts.diagnostic(NoPermissionPolicyType="ControlPolicy"))
    for text, said in (
        (several, "It speaks of 1 more request"),
        (outside, "The refusal itself says who refused"),
        ("hello", "Nothing in it says which request was refused"),
    ):
        paste(page, live_server.url, text)
        expect(page.get_by_text(said)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert accessibility_faults(page) == [], said
        assert sideways_overflow(page) <= 0, said
