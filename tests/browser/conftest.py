"""Browsers that are watched: any console error, script error, policy report or foreign request fails their test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from policystudio.demo.load import load_demo
from policystudio.teams.models import User
from tests.factories import PASSWORD

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


@pytest.fixture
def open_demo(new_context: Any, demo_server: LiveServer) -> Iterator[Opener]:
    """Opens a browser at the demo. Nothing may be changed there: the tests of a module share it."""
    yield from opener(new_context, demo_server.url)


def opener(new_context: Any, address: str) -> Iterator[Opener]:
    """The function that the two fixtures give, and its end."""
    opened = []

    def open_for(user: User | None = None, **options: Any) -> Page:
        context = new_context(base_url=address, **options)
        context.set_default_timeout(10_000)
        if user is not None:
            log_in(context, user, address)
        page = context.new_page()
        watcher = watching(page, address)
        page_faults[page] = watcher.__enter__()
        opened.append(watcher)
        return page

    yield open_for
    for watcher in opened:
        watcher.__exit__(None, None, None)


page_faults: dict[Page, list[str]] = {}
"""What was wrong on each page that is open; a test that provokes a fault empties its list."""


def log_in(context: Any, user: User, address: str) -> None:
    """Give a browser the session of somebody who has logged in; the log-in page has its own tests."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


@pytest.fixture(scope="module")
def demo_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[LiveServer]:
    """A server with the demo, for a whole module whose tests only look; the tables are emptied afterwards."""
    with django_db_blocker.unblock():
        load_demo(PASSWORD)
        server = LiveServer("localhost")
        server._live_server_modified_settings.enable()
        yield server
        server._live_server_modified_settings.disable()
        server.stop()
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


def accessibility_faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it is now: rule, elements."""
    # Preloading would fetch style sheets in a way that the Content-Security-Policy reports.
    answer = Axe().run(page, options={"preload": False}).response
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in answer["violations"]]


def sideways_overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
