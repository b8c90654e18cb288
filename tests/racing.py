"""Lets functions start at the same moment, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from policystudio.errors import ServiceError


def race(*functions: Callable[[], Any]) -> list[Any]:
    """What each returned, or the ServiceError that it was refused with; anything else is raised."""
    barrier = Barrier(len(functions))

    def run(function: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            return function()
        except ServiceError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return [future.result() for future in [pool.submit(run, function) for function in functions]]


def refusals(outcomes: list[Any]) -> list[type[ServiceError]]:
    """The classes of what was refused."""
    return [type(outcome) for outcome in outcomes if isinstance(outcome, ServiceError)]
