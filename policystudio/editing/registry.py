"""Every kind of change, by the name of its file."""

from __future__ import annotations

from functools import cache

from policystudio.discovery import discover
from policystudio.editing.operation import Operation


@cache
def operations() -> dict[str, type[Operation]]:
    """File name → class, sorted by name."""
    return discover("policystudio.editing.operations", "OPERATION", type)
