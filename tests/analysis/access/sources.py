"""Small sources with placeholders in odd places, a few regions and accounts, and all requests that may matter."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from policystudio.analysis.access import Place, places
from policystudio.analysis.access.filling import Blanks
from policystudio.analysis.comparing import Change, Names
from policystudio.analysis.given import read_given
from policystudio.ram.document import Document
from policystudio.ram.render import Target
from tests.reference import decisions

REGIONS, ACCOUNTS = ("a", "b", "ab", "c"), ("1", "2", "12")
_FIELDS = (
    ["kms"],
    ["${region}", "${region}", "${region}", "*", "a", "a*", "?", "x${region}", "${region}*"],
    ["${account}", "${account}", "${account}", "*", "1", "1*", "${region}"],
    ["k", "*", "k*", "${region}", "k${account}", "${account}*"],
)
_ACTIONS = ("kms:A", "kms:B", "kms:*")
_CONDITIONS: tuple[dict[str, dict[str, list[str]]], ...] = (
    {},
    {},
    {},
    {"StringEquals": {"k:tag": ["${region}"]}},
    {"StringNotEquals": {"k:tag": ["${account}", "a"]}},
    {"StringLike": {"k:tag": ["${region}", "1*"]}},
    {"StringLike": {"k:tag": ["?${region}*"]}},
    {"StringEqualsIgnoreCase": {"k:tag": ["${region}"]}},
    {"NumericEquals": {"k:number": ["${account}"]}},
    {"NumericLessThan": {"k:number": ["2"]}},
)
_TEXTS = ("a", "b", "ab", "c", "xa", "A", "1", "2", "12", "z", "k", "k1", "k12", "k2")
EVERY: dict[str, Any] = {
    "resources": [
        "*",
        *(
            f"acs:kms:{region}:{account}:{rest}"
            for region in ("a", "b", "ab", "c", "xa", "xb", "z")
            for account in ("1", "2", "12", "9", "a", "b")
            for rest in ("k", "k1", "k12", "a", "b", "c", "1z", "2z", "12z", "z")
        ),
    ],
    "contexts": [
        {key: value for key, value in (("k:tag", tag), ("k:number", number)) if value is not None}
        for tag in (None, *_TEXTS)
        for number in (None, "1", "2", "12")
    ],
}


def statement(rng: random.Random) -> dict[str, Any]:
    element = "NotResource" if rng.random() < 0.1 else "Resource"
    resources = [
        "acs:" + ":".join(rng.choice(choices) for choices in _FIELDS) for _ in range(rng.randint(1, 2))
    ]
    made: dict[str, Any] = {
        "Effect": rng.choice(["Allow", "Allow", "Deny"]),
        "Action": rng.sample(_ACTIONS, rng.randint(1, 2)),
        element: ["*"] if rng.random() < 0.05 else resources,
    }
    condition = rng.choice(_CONDITIONS)
    return {**made, "Condition": condition} if condition else made


def source(rng: random.Random) -> dict[str, Any]:
    return {"Version": "1", "Statement": [statement(rng) for _ in range(rng.randint(1, 3))]}


def edited(rng: random.Random, before: dict[str, Any]) -> dict[str, Any]:
    """The source with a statement more, or another in its place."""
    statements = list(before["Statement"])
    statements[rng.randrange(len(statements)) if rng.random() < 0.5 else len(statements) :] = [statement(rng)]
    return {**before, "Statement": statements}


def given(document: Any) -> Document:
    parsed = read_given(json.dumps(document))
    assert parsed.document is not None, parsed.findings
    return parsed.document


def somewhere(rng: random.Random) -> list[Place]:
    """Targets before and after, in one RAM policy for each region or one for each account."""
    every = [Target(account, region) for account in ACCOUNTS for region in REGIONS]
    is_combined = [rng.random() < 0.4] * 2
    if rng.random() < 0.15:
        is_combined[0] = not is_combined[0]
    before, after = (
        [
            (target, "p" if combined else f"p-{target.region}")
            for target in every
            if rng.random() < rng.choice([0.8, 1])
        ]
        for combined in is_combined
    )
    return places(before, after)


def filled_line(change: Change, place: Place, regions: tuple[str, ...]) -> Change:
    """A line in the words of the source as it reads in a place."""
    blanks = Blanks(place.account, regions)

    def said(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for each in texts for text in blanks.fill(each))

    names = change.resources
    return replace(
        change,
        resources=Names(said(names.any_of), said(names.but_not), tuple(map(said, names.within))),
        conditions=tuple(
            limit
            if limit.present is None
            else replace(limit, present=tuple(t._replace(values=said(t.values)) for t in limit.present))
            for limit in change.conditions
        ),
    )


def requests() -> Iterator[tuple[str, str, int]]:
    yield from product(("kms:A", "kms:B", "kms:z"), EVERY["resources"], range(len(EVERY["contexts"])))


def allowed(
    documents: list[Any], names: tuple[str, ...] = ("kms:A", "kms:B", "kms:z")
) -> set[tuple[str, str, int]]:
    """Every request that the documents allow together, asked of the reference."""
    given_to: dict[str, set[tuple[str, str, int]]] = {"Allow": set(), "Deny": set()}
    for each in (each for document in documents for each in document["Statement"]):
        holding = [
            index for index, sent in enumerate(EVERY["contexts"]) if all(decisions._entries(each, sent, True))
        ]
        actions = [name for name in names if decisions._acts(each, name)]
        resources = [name for name in EVERY["resources"] if decisions._applies(each, name)]
        given_to[each["Effect"]].update(product(actions, resources, holding))
    return given_to["Allow"] - given_to["Deny"]
