"""Whatever a sentence says, RAM's decision is that: a stranger reads the words, the reference reads the document.

Requests are made from what the sentence quotes, inside and just outside of it: another action, another resource, a
value beside the quoted one, a key that is missing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.sentences import describe
from policystudio.catalog import load
from policystudio.ram.document import Kind
from policystudio.ram.parse import parse
from tests.analysis.sentences.stranger import ACCOUNT, REGION, Claim, read
from tests.reference.evaluator import acts, applies, both, holds

TESTS = Path(__file__).parents[2]
MOST_REQUESTS = 400


def filled(pattern: str) -> list[str]:
    """Texts that fit a pattern, and some that just do not."""
    fits = {pattern.replace("*", star).replace("?", "q") for star in ("", "x", "Xy/z")}
    return sorted(
        {*fits, *(f"{text}q" for text in fits), *(text[:-1] for text in fits if len(text) > 1), pattern}
    )


def actions_of(claim: Claim) -> list[str]:
    quoted = [text for pattern in claim.actions for text in filled(pattern if ":" in pattern else "kms:x")]
    known = ["kms:Decrypt", "kms:ListKeys", "kms:GetSecretValue", "oss:GetObject", "kmsx:Decrypt"]
    return [text for text in [*quoted, *(q.swapcase() for q in quoted[:2]), *known] if text.count(":") == 1]


def resources_of(claim: Claim) -> list[str]:
    found = [
        f"acs:{s}:{REGION}:{ACCOUNT}:{r}"
        for s in ("kms", "oss")
        for r in ("key/k", "key", "secret/s", "alias/a")
    ]
    for pattern in claim.resources:
        if pattern == "*":
            continue
        fields = pattern.split(":", 4)[1:]
        inside = [field.replace("*", "x").replace("?", "q") for field in fields]
        found.append(":".join(["acs", *inside]))
        for at, field in enumerate(fields):
            found += [":".join(["acs", *inside[:at], text, *inside[at + 1 :]]) for text in filled(field)]
    return [name for name in found if name.count(":") >= 4]


def beside(value: str) -> Iterator[str]:
    """A value and its neighbours, of whichever type it seems to be."""
    yield from (value, value.swapcase(), f"{value}x")
    if "*" in value or "?" in value:
        yield from filled(value)
    with suppress(InvalidOperation):
        yield from (str(Decimal(value) + step) for step in (-1, 0, 1))
    with suppress(ValueError):
        yield from ((datetime.fromisoformat(value) + timedelta(seconds=s)).isoformat() for s in (-1, 0, 1))
    with suppress(ValueError):
        network = ip_network(value, strict=False)
        first, last = int(network.network_address), int(network.broadcast_address)
        kind = type(network.network_address)
        most = 2**network.max_prefixlen
        yield from (str(kind(n)) for n in (first - 1, first, last, last + 1) if 0 <= n < most)


def is_of_a_kind(claim_values: list[str], value: str) -> bool:
    """Whether a value can be compared with those quoted, when these are numbers, moments or addresses."""
    for reading in (Decimal, datetime.fromisoformat, lambda text: ip_network(text, strict=False)):
        try:
            for each in claim_values:
                reading(each)
        except (ValueError, InvalidOperation):
            continue
        try:
            (ip_address if reading not in (Decimal, datetime.fromisoformat) else reading)(value)
        except (ValueError, InvalidOperation):
            return False
    return True


def contexts_of(claim: Claim, chance: random.Random) -> list[dict[str, str]]:
    choices: dict[str, list[str | None]] = {}
    for key, values in claim.values.items():
        near = [n for value in values for n in beside(value) if is_of_a_kind(values, n)]
        choices[key] = [None, *dict.fromkeys([*near, *(["true", "false"] if values == ["true"] else [])])]
    found: list[dict[str, str]] = [{}]
    for _ in range(120):
        drawn = {key: chance.choice(options) for key, options in choices.items()}
        found.append({key: value for key, value in drawn.items() if value is not None})
    return found


def agree(statement: dict[str, Any], text: str, chance: random.Random) -> int:
    """The number of requests on which both are sure, after checking that they say the same."""
    claim = read(text)
    rendered = json.loads(json.dumps(statement).replace("${region}", REGION).replace("${account}", ACCOUNT))
    assert claim.is_allow is (rendered["Effect"] == "Allow")
    actions, resources, contexts = actions_of(claim), resources_of(claim), contexts_of(claim, chance)
    good_actions = [a for a in actions if claim.act(a)] or actions
    good_resources = [r for r in resources if claim.resource(r)] or resources
    good_contexts = [c for c in contexts if claim.condition(c) is not False] or contexts
    requests = [(a, good_resources[0], good_contexts[0]) for a in actions]
    requests += [(good_actions[0], r, good_contexts[0]) for r in resources]
    requests += [(good_actions[0], good_resources[0], c) for c in contexts]
    requests += [
        (chance.choice(actions), chance.choice(resources), chance.choice(contexts)) for _ in range(60)
    ]
    sure = 0
    for action, resource, context in requests[:MOST_REQUESTS]:
        reached = applies(rendered, resource) if claim.resources or "Resource" in rendered else True
        wanted = both(both(acts(rendered, action), reached), holds(rendered, context))
        said = claim.answer(action, resource, context)
        if wanted is not None and said is not None:
            assert said == wanted, (text, action, resource, context)
            sure += 1
    return sure


def said(document: dict[str, Any], kind: Kind = Kind.IDENTITY) -> list[tuple[dict[str, Any], str]]:
    """Each statement with its sentence; none for a document that cannot be read."""
    parsed = parse(json.dumps(document), kind, any_operator=True).document
    if parsed is None:
        return []
    return [(document["Statement"][s.index], s.text) for s in describe(parsed, load())]


@pytest.mark.parametrize("path", sorted(TESTS.glob("samples/[!i]*.json")), ids=lambda path: path.stem)
def test_sentences_of_the_samples_say_what_is_decided(path: Path) -> None:
    for statement, text in said(json.loads(path.read_text())):
        assert agree(statement, text, random.Random(path.stem)) > 50


@pytest.mark.parametrize("path", sorted(TESTS.glob("corpus/*.json")), ids=lambda path: path.stem)
def test_sentences_of_the_corpus_say_what_is_decided(path: Path) -> None:
    entry = json.loads(path.read_text())
    if isinstance(entry.get("policy"), dict) and entry["kind"] == "identity":
        for statement, text in said(entry["policy"]):
            agree(statement, text, random.Random(path.stem))


ACTIONS = [
    "*",
    "kms:*",
    "kms:Decrypt",
    "kms:List*",
    "kms:*Key",
    "k?s:Decrypt",
    "*:Get*",
    "oss:*",
    "kms:Nope",
    "oss:Put",
    "kms:AdvanceEncrypt",
    "kms:GenerateAndExportDataKey",
    "kms:AsymmetricDecrypt",
    "KMS:encrypt",
    "kms:?ecrypt",
    ":*",
]
RESOURCES = [
    "*",
    "acs:kms:*:*:*",
    "acs:kms:${region}:${account}:key/*",
    "acs:kms:${region}:*:alias/a?b*",
    "acs:kms:*:*:key",
    "acs:kms:*:*:key*",
    "acs:kms:cn-*:1234567890123456:secret/prod/*",
    "acs:*:*:*:x*y",
    "acs:oss:::bucket/*",
    "acs:kms:eu-central-1:${account}:key/b",
    "acs:o*:*:*:*",
    "acs:kms:*:*:keystore/k:m",
    "acs:kms:*:*:key/",
    "acs:kms:*:*:",
]
ORDERS = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
TEXTS = ("StringEquals", "StringNotEquals", "StringLike", "StringNotLike")
CASELESS = ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase")
MOMENTS = ["2026-01-01T00:00:00Z", "2027-05-01T08:00:00+08:00", "tomorrow"]
RANGES = ["10.0.0.0/8", "203.0.113.7", "2001:db8::/32", "10.1.2.3/16"]
CONDITIONS: dict[str, tuple[str, list[str]]] = {
    **{op: ("kms:tag/Team", ["a", "b*", "C?", ""]) for op in TEXTS},
    **{op: ("acs:SourceVpc", ["vpc-A", "x*"]) for op in CASELESS},
    **{f"Numeric{op}": ("oss:MaxKeys", ["5", "-1", "2.5", "007"]) for op in ORDERS},
    **{f"Date{op}": ("acs:CurrentTime", MOMENTS) for op in ORDERS},
    **dict.fromkeys(("IpAddress", "NotIpAddress"), ("acs:SourceIp", RANGES)),
    "Bool": ("acs:MFAPresent", ["true", "False"]),
    "ForAllValues:StringEquals": ("acs:Service", ["a"]),
}


@st.composite
def statements(draw: st.DrawFn) -> dict[str, Any]:
    def some(texts: list[str], most: int = 4) -> list[str]:
        return draw(st.lists(st.sampled_from(texts), min_size=1, max_size=most, unique=True))

    made: dict[str, Any] = {"Effect": draw(st.sampled_from(["Allow", "Deny"]))}
    made[draw(st.sampled_from(["Action", "Action", "NotAction"]))] = some(ACTIONS)
    made[draw(st.sampled_from(["Resource", "Resource", "NotResource"]))] = some(RESOURCES)
    operators = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3, unique=True))
    if operators:
        made["Condition"] = {op: {CONDITIONS[op][0]: some(CONDITIONS[op][1], 3)} for op in operators}
    return made


@given(statements(), st.randoms(use_true_random=False))
def test_sentences_of_generated_statements_say_what_is_decided(
    statement: dict[str, Any], chance: random.Random
) -> None:
    for each, text in said({"Version": "1", "Statement": [statement]}):
        agree(each, text, chance)
