"""What a document mentions, gathered without judging it: the material from which parameters are guessed.

Whether a guess is right is decided in `detect.py`, by building again and comparing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PREFIX = "acs:kms:${region}:${account}:"
"""What every resource of a builder starts with. Source: KMS, Custom policies, the note on top."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The mentions of a document, each in the order of its first appearance."""

    actions: frozenset[str]
    relative_ids: tuple[str, ...]
    conditions: dict[tuple[str, str], tuple[str, ...]]
    """(operator, key) → values."""

    def names(self, resource_type: str) -> list[str]:
        """What follows `<type>/` among the resources."""
        start = resource_type + "/"
        return [text.removeprefix(start) for text in self.relative_ids if text.startswith(start)]

    def one(self, operator: str, key: str) -> str | None:
        """The only value of a condition, or None."""
        values = self.conditions.get((operator, key), ())
        return values[0] if len(values) == 1 else None


def see(document: Any) -> Seen:
    """The mentions of a plain document; what does not look like a statement is passed over."""
    statements = document.get("Statement") if isinstance(document, dict) else None
    actions: list[str] = []
    relative_ids: dict[str, None] = {}
    conditions: dict[tuple[str, str], tuple[str, ...]] = {}
    for statement in statements if isinstance(statements, list) else []:
        if not isinstance(statement, dict):
            continue
        actions += _texts(statement.get("Action"))
        for resource in _texts(statement.get("Resource")):
            relative_ids[resource.removeprefix(PREFIX)] = None
        for place, values in _conditions(statement.get("Condition")):
            conditions.setdefault(place, values)
    return Seen(frozenset(actions), tuple(relative_ids), conditions)


def _conditions(block: Any) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    if isinstance(block, dict):
        for operator, keys in block.items():
            if isinstance(keys, dict):
                for key, values in keys.items():
                    yield (operator, key), tuple(_texts(values))


def _texts(value: Any) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, str)]
