"""The demo, loaded once for all tests of a module that ask for it; what a test changes is undone after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from policystudio.demo.load import load_demo
from tests.factories import PASSWORD


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo inside a transaction that ends with the module; each test has a savepoint of its own."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        # As Django marks the transactions of its own test cases, so that durable ones may be inside.
        outer._from_testcase = True  # type: ignore[attr-defined]
        with outer:
            load_demo(PASSWORD)
            yield
            transaction.set_rollback(True)


@pytest.fixture
def demo(loaded_demo: None, db: None) -> None:
    """The demo, for one test."""
