"""Pairs of small documents that differ a little, and a universe of requests small enough to ask about all of it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import product
from typing import Any

from policystudio.analysis.comparing import Change, Limit, Names
from policystudio.analysis.given import read_given
from policystudio.ram.document import Document
from tests.reference import decisions, evaluator
from tests.reference.patterns import matches

LETTERS = "abc"
NAMES = [
    *(text for size in (1, 2) for text in map("".join, product(LETTERS, repeat=size))),
    "aba",
    "abab",
    "aabbc",
    "acbcb",
]
ACTIONS = [f"{code}:{name}" for code in ("a", "b") for name in NAMES]
RESOURCES = ["*", *(f"acs:a:{region}:1:{rest}" for region in ("", "b") for rest in (*NAMES, "a:b"))]
TAGS = [None, "", "a", "A", "b", "ab", "abc", "*"]
ADDRESSES = [
    None,
    "9.255.255.255",
    "10.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "11.0.0.0",
    "::",
    "::1",
    "::ffff:a00:1",
]
NUMBERS = [None, "-1", "0", "0.5", "1", "1.5", "2", "3"]
MOMENTS = [
    None,
    "2025-12-31T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "2026-01-01T00:00:01Z",
    "2026-01-01T00:30:00Z",
    "2026-01-01T01:00:00Z",
    "2027-01-01T00:00:00Z",
]
FLAGS = [None, "true", "false"]
VALUES = {"k:tag": TAGS, "k:address": ADDRESSES, "k:number": NUMBERS, "k:moment": MOMENTS, "k:flag": FLAGS}
_OPERATORS = {
    "k:tag": [*decisions.STRINGS, *decisions.CASELESS],
    "k:address": ["IpAddress", "NotIpAddress"],
    "k:number": decisions.NUMBERS,
    "k:moment": decisions.DATES,
    "k:flag": ["Bool"],
}
_WRITTEN = {
    "k:tag": ["a", "b", "ab", "a*", "*b", "?", "*", "A", "", "a?"],
    "k:address": ["10.0.0.0/8", "10.0.0.0", "10.0.0.1/31", "0.0.0.0/0", "::/0", "::1", "10.128.0.0/9"],
    "k:number": ["0", "1", "1.0", "2", "-0"],
    "k:moment": ["2026-01-01T00:00:00Z", "2026-01-01T02:00:00+01:00", "2026-01-01T00:00:01Z"],
    "k:flag": ["true", "False"],
}


def pattern(rng: random.Random, wild: float = 0.6) -> str:
    """A text over three letters, with wildcards in it or without."""
    letters = LETTERS + ("*?*" if rng.random() < wild else "")
    return "".join(rng.choice(letters) for _ in range(rng.randint(1, 4)))


def action(rng: random.Random) -> str:
    if rng.random() < 0.08:
        return "*"
    code = rng.choice(["a", "A", "a", "b", "*", "?"])
    return f"{code}:{pattern(rng)}"


def resource(rng: random.Random) -> str:
    if rng.random() < 0.15:
        return "*"
    region = rng.choice(["*", "", "b", "?*"])
    return f"acs:{rng.choice('a*')}:{region}:{rng.choice('1*')}:{rng.choice([pattern(rng), pattern(rng), '*', 'a:*'])}"


def condition(rng: random.Random, keys: list[str]) -> dict[str, Any]:
    block: dict[str, Any] = {}
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        key = rng.choice(keys)
        count = 1 if key == "k:flag" else rng.randint(1, 2)
        values = [rng.choice(_WRITTEN[key]) for _ in range(count)]
        block.setdefault(rng.choice(_OPERATORS[key]), {})[key] = values
    return block


def statement(rng: random.Random, keys: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"Effect": rng.choice(["Allow", "Allow", "Deny"])}
    made["NotAction" if rng.random() < 0.15 else "Action"] = [action(rng) for _ in range(rng.randint(1, 3))]
    made["NotResource" if rng.random() < 0.15 else "Resource"] = [
        resource(rng) for _ in range(rng.randint(1, 2))
    ]
    block = condition(rng, keys)
    if block:
        made["Condition"] = block
    return made


def pair(rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two documents, mostly the one an edit of the other, with at most two keys between them."""
    keys = rng.sample(sorted(VALUES), 2)
    before = {"Version": "1", "Statement": [statement(rng, keys) for _ in range(rng.randint(1, 3))]}
    after = json.loads(json.dumps(before))
    for _ in range(rng.randint(1, 2)):
        statements = after["Statement"]
        at = rng.randrange(len(statements))
        match rng.randrange(4):
            case 0:
                statements.append(statement(rng, keys))
            case 1 if len(statements) > 1:
                del statements[at]
            case 2:
                statements[at]["Condition"] = condition(rng, keys)
            case _:
                statements[at] = {**statement(rng, keys), "Effect": statements[at]["Effect"]}
    return before, after


def given(document: Any) -> Document:
    """The document as the analysis reads it."""
    parsed = read_given(json.dumps(document))
    assert parsed.document is not None, parsed.findings
    return parsed.document


def contexts(*documents: Any) -> list[dict[str, str]]:
    """Every combination of values of the keys that the documents speak of, missing ones included."""
    keys = sorted(
        {
            key
            for document in documents
            for each in document["Statement"]
            for block in each.get("Condition", {}).values()
            for key in block
        }
    )
    return [
        {key: value for key, value in zip(keys, values, strict=True) if value is not None}
        for values in product(*(VALUES[key] for key in keys))
    ]


Cell = tuple[str, str, int]


def allowed(document: Any, every: list[dict[str, str]]) -> set[Cell]:
    """Every request of the universe that the document allows, asked of the reference statement by statement."""
    given_to: dict[str, set[Cell]] = {"Allow": set(), "Deny": set()}
    for each in document["Statement"]:
        actions = [name for name in ACTIONS if decisions._acts(each, name)]
        resources = [name for name in RESOURCES if decisions._applies(each, name)]
        holding = [
            index for index, context in enumerate(every) if all(decisions._entries(each, context, True))
        ]
        given_to[each["Effect"]].update(product(actions, resources, holding))
    return given_to["Allow"] - given_to["Deny"]


def cells(change: Change, every: list[dict[str, str]]) -> Iterator[Cell]:
    """Every request of the universe that a line speaks of, read from its words."""
    actions = [name for name in ACTIONS if _is_named(change.actions, evaluator.low(name), _acts)]
    resources = [name for name in RESOURCES if _is_named(change.resources, name, decisions._reaches)]
    holding = [
        index
        for index, context in enumerate(every)
        if all(_is_within(limit, context.get(limit.key)) for limit in change.conditions)
    ]
    yield from product(actions, resources, holding)


def speaks_of(change: Change, action: str, resource: str, context: dict[str, str]) -> bool:
    """Whether a line speaks of one request, read from its words."""
    return (
        _is_named(change.actions, evaluator.low(action), _acts)
        and _is_named(change.resources, resource, decisions._reaches)
        and all(_is_within(limit, context.get(limit.key)) for limit in change.conditions)
    )


def _acts(text: str, name: str) -> bool:
    return bool(matches(evaluator.low(text), name))


def _is_named(names: Names, text: str, fits: Any) -> bool:
    return (
        any(fits(each, text) for each in names.any_of)
        and all(any(fits(each, text) for each in some) for some in names.within)
        and not any(fits(each, text) for each in names.but_not)
    )


def _is_within(limit: Limit, value: str | None) -> bool:
    if value is None:
        return limit.missing
    return limit.present is not None and all(
        decisions._holds(test.operator, list(test.values), value, True) for test in limit.present
    )
