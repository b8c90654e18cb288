"""Tests of a policy in Chromium: taken from what it is for and from a change that none notices, failing in a review."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from policystudio.accounts.models import Account
from policystudio.analysis.request import Request
from policystudio.cases.models import Case
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.browser.conftest import Opener, accessibility_faults, sideways_overflow
from tests.browser.test_simulator import SOURCE

APPEARANCES = ((1440, "light"), (390, "dark"))


@pytest.fixture
def guarded(ada: Viewer, development: Account) -> Policy:
    """A policy that allows decryption from one range of addresses."""
    return factories.make_policy(ada, "guarded", source=SOURCE)


def test_a_test_taken_with_a_check_box_raises_the_score_and_stops_a_revision_that_breaks_it(
    open_browser: Opener, live_server: Any, guarded: Policy, ada: Viewer
) -> None:
    page = open_browser(ada.user)
    page.goto(f"{live_server.url}/policies/{guarded.pk}/")
    page.get_by_role("link", name="Tests").click()
    expect(page.get_by_text("The tests notice 0 of")).to_be_visible()
    page.get_by_role("group", name="Not when the request lacks it").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Add the chosen tests").click()
    expect(page.get_by_text("1 test is added.")).to_be_visible()
    expect(page.get_by_text("The tests notice 0 of")).to_have_count(0)
    page.get_by_role("button", name="It must stay allowed: add the test").first.click()
    expect(page.get_by_text("as expected")).to_have_count(2)
    assert Case.objects.filter(policy=guarded).count() == 2

    open_to_all = SOURCE.replace("203.0.113.0/24", "0.0.0.0/0")
    revise(by=ada, policy=guarded, source=open_to_all.replace("IpAddress", "NotIpAddress"), message="turned")
    page.goto(f"{live_server.url}/policies/{guarded.pk}/tests/")
    expect(page.get_by_text("not as expected").first).to_be_visible()
    page.get_by_role("button", name="Remove may").first.click()
    expect(page.get_by_text("is removed.")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), APPEARANCES)
def test_tests_on_the_page_and_in_a_review_are_accessible_and_do_not_scroll_sideways(
    open_browser: Opener, live_server: Any, review: Review, ada: Viewer, width: int, scheme: str
) -> None:
    own = "acs:kms:${region}:${account}:key/key-hzz0000000000001"
    for name, action, expectation in (("a", "kms:Encrypt", "allow"), ("b", "kms:Decrypt", "allow")):
        request = Request(action, own, {"acs:SourceIp": "203.0.113.9"})
        factories.make_case(ada, name, policy=review.policy, request=request, expectation=expectation)
    page = open_browser(ada.user)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    for address in (f"/policies/{review.policy_id}/tests/", f"/reviews/{review.pk}/#tests"):
        page.goto(live_server.url + address)
        page.locator("h1").wait_for()
        expect(page.get_by_text("not as expected").first).to_be_visible()
        assert accessibility_faults(page) == [], address
        assert sideways_overflow(page) <= 0, address
