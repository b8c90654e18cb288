"""Writes one statement of a source, members in the order of the samples."""

from __future__ import annotations

from typing import Any

from policystudio.builders.conditions import Block


def allow(actions: list[str] | str, on: list[str] | str, when: Block | None = None) -> dict[str, Any]:
    """An Allow for `actions` on the resources `on`; an empty or absent `when` is no condition."""
    statement: dict[str, Any] = {"Effect": "Allow", "Action": actions, "Resource": on}
    if when:
        statement["Condition"] = when
    return statement


def plainly(texts: list[str]) -> list[str] | str:
    """One text alone, or the list: the form of the sample on secret values."""
    return texts[0] if len(texts) == 1 else texts
