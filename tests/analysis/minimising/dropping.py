"""Every document that one single dropping leads to, made on the plain values and by nothing that the product has."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from policystudio.analysis.comparing import Answer, compare
from policystudio.ram.operators import all_operators
from tests.analysis.comparing.generating import given

LISTS = ("Action", "NotAction", "Resource", "NotResource")


def droppings(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What goes, in words, and the document without it; conditions that nobody documents stay."""
    for index, statement in enumerate(document["Statement"]):
        if len(document["Statement"]) > 1:
            yield f"{index}", _without(document, ["Statement"], index)
        at: list[str | int] = ["Statement", index]
        for name in LISTS:
            held = statement.get(name, [])
            if isinstance(held, list) and len(held) > 1:
                for entry in range(len(held)):
                    yield f"{index} {name} {entry}", _without(document, [*at, name], entry)
        for operator, block in statement.get("Condition", {}).items():
            for key, values in block.items():
                is_list = isinstance(values, list)
                if operator not in all_operators() or (operator == "Bool" and is_list and len(values) != 1):
                    continue
                yield f"{index} {operator} {key}", _without(document, [*at, "Condition", operator], key)
                for value in range(len(values) if is_list and len(values) > 1 else 0):
                    yield (
                        f"{index} {operator} {key} {value}",
                        _without(document, [*at, "Condition", operator, key], value),
                    )


def denials(document: dict[str, Any]) -> dict[str, Any]:
    """What the document denies, as if it were allowed."""
    denying = [each for each in document["Statement"] if each["Effect"] == "Deny"]
    return {**document, "Statement": [{**each, "Effect": "Allow"} for each in denying]}


def is_same(one: dict[str, Any], other: dict[str, Any], *, alone: bool) -> bool:
    """Whether compare proves that both allow the same, and deny the same unless they stand alone."""
    pairs = [(one, other)]
    if not alone and any(each["Effect"] == "Deny" for each in one["Statement"]):
        pairs.append((denials(one), denials(other)))
    for before, after in pairs:
        if not after["Statement"]:
            return False
        found = compare([given(before)], [given(after)])
        if not found.grants_new_access is found.revokes_access is Answer.NO:
            return False
    return True


def _without(document: dict[str, Any], path: list[str | int], last: str | int) -> dict[str, Any]:
    left = copy.deepcopy(document)
    inner: Any = left
    for step in path:
        inner = inner[step]
    del inner[last]
    return left
