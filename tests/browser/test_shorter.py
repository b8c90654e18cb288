"""Shortening in Chromium: from a policy's page over what goes and why to the next revision, and without script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy, Revision
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow

STATEMENTS = [
    {"Effect": "Allow", "Action": action, "Resource": "acs:kms:${region}:${account}:key/*"}
    for action in ("kms:*", "kms:Decrypt")
]
SOURCE = json.dumps({"Version": "1", "Statement": STATEMENTS})


@pytest.fixture
def wordy(ada: Viewer, development: Account) -> Policy:
    """A policy that says something twice."""
    return factories.make_policy(ada, "wordy", source=SOURCE)


def shorten(page: Page, address: str, policy: Policy) -> None:
    """From the policy's page to what goes."""
    page.goto(f"{address}/policies/{policy.pk}/")
    page.get_by_role("link", name="Can it be shorter?").click()
    expect(page.get_by_text("Allows and denies exactly the same")).to_be_visible()
    expect(page.get_by_text("statement 2: statement 1 says all of it")).to_be_visible()


def test_what_changes_nothing_goes_and_the_rest_is_the_next_revision(
    open_browser: Opener, live_server: Any, wordy: Policy, ada: Viewer
) -> None:
    page = open_browser(ada.user)
    shorten(page, live_server.url, wordy)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessibility_faults(page) == []
        assert sideways_overflow(page) == 0
    page.get_by_role("button", name="Store as a new revision").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    newest = Revision.objects.filter(policy=wordy).latest("number")
    assert json.loads(newest.source)["Statement"] == STATEMENTS[:1]
    page.get_by_role("link", name="Can it be shorter?").click()
    expect(page.get_by_text("Nothing can be left out")).to_be_visible()


def test_the_same_without_script(open_browser: Opener, live_server: Any, wordy: Policy, ada: Viewer) -> None:
    page = open_browser(ada.user, java_script_enabled=False)
    shorten(page, live_server.url, wordy)
    page.get_by_role("button", name="Store as a new revision").click()
    assert Revision.objects.filter(policy=wordy).count() == 2
