"""A server with the demo for tests that only look: loaded once for a module, not for every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from policystudio.demo.load import load_demo
from policystudio.demo.people import person
from policystudio.teams.permissions import Scope
from policystudio.teams.services.create_token import create_token
from tests.browser.conftest import Opener, opener
from tests.factories import PASSWORD


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, and a token to revoke; the tables are emptied when the module ends.

    It takes the place of the fixture that would undo the demo after every test.
    """
    with django_db_blocker.unblock():
        load_demo(PASSWORD)
        create_token(by=person("admin"), name="nightly", scopes=[Scope.READ], days=30)
        yield
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


@pytest.fixture(scope="module")
def demo_server(db: None) -> Iterator[LiveServer]:
    """The demo, served."""
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    yield server
    server._live_server_modified_settings.disable()
    server.stop()


@pytest.fixture
def open_demo(new_context: Any, demo_server: LiveServer) -> Iterator[Opener]:
    """Opens a browser at the demo, logged in as a user or as nobody; all of them are watched."""
    yield from opener(new_context, demo_server.url)
