"""Every single change of a small document that lets it allow a request, found by trying, on plain values.

Shares no code with the product: documents are dictionaries, and what they allow is asked of the reference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Any

from tests.analysis.comparing.generating import ACTIONS, RESOURCES, VALUES
from tests.reference import decisions

EQUALITY = {
    "k:tag": "StringEquals",
    "k:address": "IpAddress",
    "k:number": "NumericEquals",
    "k:moment": "DateEquals",
    "k:flag": "Bool",
}
MORE_ACTIONS = ("*", "a:*", "b:*", "a:?", "a:a*")
MORE_RESOURCES = ("acs:a:*:*:*", "acs:a::1:*", "acs:a:b:1:*", "acs:*:*:1:a*")
MORE_VALUES = {
    "k:tag": ("*", "a*", "?"),
    "k:address": ("0.0.0.0/0", "10.0.0.0/31", "::/0", "::/127"),
    "k:number": ("0.001", "1.001", "-2", "4"),
    "k:moment": ("2027-01-01T00:00:01Z", "2025-12-31T23:59:58Z"),
    "k:flag": (),
}


BEYOND = {
    "k:tag": ("?", "a?", "a*", "*b", "aB", "zz", "abcd"),
    "k:address": ("10.0.0.2", "10.127.0.1", "10.128.0.1", "10.200.7.7", "192.0.2.1", "::2", "2001:db8::1"),
    "k:number": ("-7", "0.0001", "0.7", "1.0001", "1.7", "2.7", "99"),
    "k:moment": (
        "2020-01-01T00:00:00Z",
        "2025-12-31T23:59:59Z",
        "2026-01-01T00:00:02Z",
        "2030-01-01T00:00:00Z",
    ),
    "k:flag": (),
}
"""Values that no universe of the generator has, and that its patterns, networks and limits tell apart."""


def allows_more(one: Any, other: Any, resource: str) -> bool:
    """Whether `one` allows something that `other` does not, on this resource and some others, beyond the universe."""
    keys = sorted(
        {
            key
            for each in (*one["Statement"], *other["Statement"])
            for block in each.get("Condition", {}).values()
            for key in block
        }
    )
    actions = (*ACTIONS, "a:zz", "b:zz", "c:zz")
    resources = (resource, resource + "x", "acs:a:c:1:zz", "acs:b:b:2:zz")
    for values in product(*((*VALUES[key], *BEYOND[key]) for key in keys)):
        context = {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        for asked in product(actions, resources):
            said = [decisions.decide([document], *asked, context) for document in (one, other)]
            if said[0] == decisions.ALLOW != said[1]:
                return True
    return False


def helping(document: Any, action: str, resource: str, context: dict[str, str]) -> Iterator[Any]:
    """The document after each single change that lets the reference allow the request."""
    for changed in _changed(document, action, resource, context):
        if decisions.decide([changed], action, resource, context) == decisions.ALLOW:
            yield changed


def _changed(document: Any, action: str, resource: str, context: dict[str, str]) -> Iterator[Any]:
    for index, statement in enumerate(document["Statement"]):
        if statement["Effect"] != "Allow":
            continue
        for name, more in (
            ("Action", (*ACTIONS, *MORE_ACTIONS)),
            ("Resource", (*RESOURCES, *MORE_RESOURCES)),
        ):
            if name in statement:
                yield from (_with(document, index, name, [*statement[name], text]) for text in more)
            else:
                for gone in statement[f"Not{name}"]:
                    left = [text for text in statement[f"Not{name}"] if text != gone]
                    if left:
                        yield _with(document, index, f"Not{name}", left)
        yield from _conditions(document, index, statement)
    pairs = [(EQUALITY[key], key, value) for key, value in context.items()]
    for some in chain.from_iterable(combinations(pairs, size) for size in range(len(pairs) + 1)):
        made: dict[str, Any] = {"Effect": "Allow", "Action": [action], "Resource": [resource]}
        for operator, key, value in some:
            made.setdefault("Condition", {}).setdefault(operator, {})[key] = [value]
        changed = json.loads(json.dumps(document))
        changed["Statement"].append(made)
        yield changed


def _conditions(document: Any, index: int, statement: Any) -> Iterator[Any]:
    for operator, keys in statement.get("Condition", {}).items():
        for key, values in keys.items():
            sent = [value for value in VALUES[key] if value is not None]
            if operator != "Bool":
                for text in (*sent, *MORE_VALUES[key]):
                    yield _with_values(document, index, operator, key, [*values, text])
            for gone in values:
                yield _with_values(document, index, operator, key, [text for text in values if text != gone])


def _with(document: Any, index: int, name: str, texts: list[str]) -> Any:
    changed = json.loads(json.dumps(document))
    changed["Statement"][index][name] = texts
    return changed


def _with_values(document: Any, index: int, operator: str, key: str, values: list[str]) -> Any:
    changed = json.loads(json.dumps(document))
    block = changed["Statement"][index]["Condition"]
    if values:
        block[operator][key] = values
    else:
        del block[operator][key]
    return changed
