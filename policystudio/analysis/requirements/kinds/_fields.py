"""Boxes with a field of their resource names widened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policystudio.analysis.requirements.boxes import Box
from policystudio.ram.resources import Resource, split

Change = Callable[[Resource], Resource]


def widening(change: Change) -> Callable[[Box], Sequence[Box]]:
    """Changes the fields of every resource name; the lone star has none."""
    return lambda box: (box._replace(resources=frozenset(_changed(each, change) for each in box.resources)),)


def widens(boxes: Sequence[Box], change: Change) -> bool:
    """Whether it changes anything."""
    return any(_changed(each, change) != each for box in boxes for each in box.resources)


def _changed(resource: str, change: Change) -> str:
    fields = split(resource)
    return resource if fields is None else str(change(fields))
