"""The page of the API in Chromium: Swagger UI under our Content-Security-Policy, and a request that is really sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from policystudio.accounts.models import Account
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener


@pytest.mark.parametrize("is_logged_in", [True, False])
def test_request_is_tried_from_the_page(
    is_logged_in: bool, open_browser: Opener, ada: Viewer, development: Account
) -> None:
    page = open_browser(ada.user if is_logged_in else None)
    page.goto("/api/docs/")
    operation = page.locator("#operations-schema-document-schema-get")
    if is_logged_in:
        # A POST goes through only with the CSRF token, which the page adds.
        operation = page.locator("#operations-validate-validate-post")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")
