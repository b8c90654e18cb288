"""A page that is watched: any console error, script error, policy report or foreign request fails its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Chromium says this about every 422, which is how a form with faults is answered.
ALLOWED = re.compile(r"Failed to load resource: the server responded with a status of 422")


@pytest.fixture
def watched(page: Page, live_server: Any) -> Iterator[Page]:
    """A browser page whose addresses are relative to the live server."""
    faults: list[str] = []

    def on_console(message: Any) -> None:
        if message.type in {"error", "warning"} and not ALLOWED.search(message.text):
            faults.append(message.text)

    def on_request(request: Any) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            faults.append(f"foreign request to {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(live_server.url + "/login/")
    yield page
    assert faults == []


def accessibility_faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it is now: rule, elements."""
    # Preloading would fetch style sheets in a way that the Content-Security-Policy reports.
    answer = Axe().run(page, options={"preload": False}).response
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in answer["violations"]]


def sideways_overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
