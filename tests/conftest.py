"""What pytest itself needs to know: which tests use the database or the browser, and how these are started."""

import os
import shutil
from pathlib import Path
from typing import Any

import hypothesis
import pytest

pytest_plugins = ["tests.cast"]

BROWSER_TESTS = Path(__file__).parent / "browser"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server"}

# `make test` gives the same answer twice; `make fuzz` goes looking.
hypothesis.settings.register_profile("test", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("fuzz", max_examples=5000, deadline=None, print_blob=True)
hypothesis.settings.load_profile("test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database (`db`, run on both) and what drives the browser (`browser`, run once)."""
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.db)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the installed Chromium; Playwright's own download is never used."""
    # Playwright keeps an event loop in the thread of the tests, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no Chromium found; install it (Debian: apt-get install chromium) or name it in CHROMIUM")
    return {**browser_type_launch_args, "executable_path": chromium}
