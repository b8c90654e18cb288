"""Browsers that are watched: any console error, script error, policy report or foreign request fails their test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from policystudio.teams.models import User

# Chromium says this about every answer to a form with faults, and to one that came too late.
ALLOWED = re.compile(r"Failed to load resource: the server responded with a status of (409|412|422)")


@contextmanager
def watching(page: Page, address: str) -> Iterator[list[str]]:
    """Fails at the end if anything was wrong meanwhile. A test that wants a fault takes it from the list."""
    faults: list[str] = []

    def on_console(message: Any) -> None:
        if message.type in {"error", "warning"} and not ALLOWED.search(message.text):
            faults.append(message.text)

    def on_request(request: Any) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"foreign request to {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield faults
    assert faults == []


@pytest.fixture
def watched(page: Page, live_server: Any) -> Iterator[Page]:
    """A browser at the log-in page of the live server."""
    with watching(page, live_server.url):
        page.goto(live_server.url + "/login/")
        yield page


Opener = Callable[..., Page]


@pytest.fixture
def open_browser(new_context: Any, live_server: Any) -> Iterator[Opener]:
    """Opens a browser at the live server, logged in as a user or as nobody; all of them are watched."""
    yield from opener(new_context, live_server.url)


def opener(new_context: Any, address: str) -> Iterator[Opener]:
    """The function that fixtures give, and its end."""
    opened = []

    def open_for(user: User | None = None, **options: Any) -> Page:
        context = new_context(base_url=address, **options)
        context.set_default_timeout(10_000)
        if user is not None:
            log_in(context, user, address)
        page: Page = context.new_page()
        if options.get("java_script_enabled", True):
            wait_for_behaviours(page)
        watcher = watching(page, address)
        page_faults[page] = watcher.__enter__()
        opened.append(watcher)
        return page

    yield open_for
    for watcher in opened:
        watcher.__exit__(None, None, None)


def wait_for_behaviours(page: Page) -> None:
    """Lets every `goto` wait until the page does what its scripts make of it; it is loaded a little earlier."""
    go = page.goto

    def goto(url: str, **options: Any) -> Any:
        answer = go(url, **options)
        page.locator("html[data-attached], html:not(:has(meta[name=behaviours]))").wait_for(state="attached")
        return answer

    page.goto = goto  # type: ignore[method-assign]


page_faults: dict[Page, list[str]] = {}
"""What was wrong on each page that is open; a test that provokes a fault empties its list."""


def log_in(context: Any, user: User, address: str) -> None:
    """Give a browser the session of somebody who has logged in; the log-in page has its own tests."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


# Preloading would fetch style sheets in a way that the Content-Security-Policy reports.
AXE_OPTIONS: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
# What a change of colours alone can break.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
AXE = """options => axe.run(options).then(found => found.violations.map(
    fault => [fault.id, fault.nodes.map(node => node.html.slice(0, 200))]))"""


def accessibility_faults(page: Page, *, only_colours: bool = False) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it is now: rule, elements."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(AXE, AXE_OPTIONS | (COLOURS if only_colours else {}))
    return [(rule, elements) for rule, elements in found]


def sideways_overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
