"""What pytest itself needs to know: which tests drive the browser, and how it is started. The cast is elsewhere."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in `browser/`, so that `-m "not browser"` leaves it out."""
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the installed Chromium; Playwright's own download is never used."""
    # Playwright keeps an event loop in the thread of the tests, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no Chromium found; install it (Debian: apt-get install chromium) or name it in CHROMIUM")
    return {**browser_type_launch_args, "executable_path": chromium}
