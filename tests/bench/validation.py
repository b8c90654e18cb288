"""The whole validator, against a linter for another cloud, against reading and schema alone, and against itself.

The peer has about thirty checks, the validator several times as many. Both judge their kind of the same eleven samples
in the same run.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from jsonschema import Draft202012Validator

from policystudio.catalog.load import load
from policystudio.ram.parse import parse
from policystudio.ram.render import Target
from policystudio.ram.schema import document_schema
from policystudio.validation.context import Context
from policystudio.validation.engine import judge
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules
from tests.bench import peer
from tests.bench.measure import Row, cpu_seconds, micro

SAMPLES = Path(__file__).parent.parent / "samples"
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
TARGET = Target("1234567890123456", "cn-hangzhou")


def rows() -> Iterator[Row]:
    texts = [path.read_text() for path in sorted(SAMPLES.glob("*.json")) if path.name != "index.json"]
    ours, theirs, floor = _side_by_side(
        lambda: _each(texts, _validate), _peer(texts), lambda: _each(texts, _form_alone)
    )
    ours, theirs, floor = (seconds / len(texts) for seconds in (ours, theirs, floor))
    checks = len(rules())
    yield Row(
        f"validate one sample for one target, {checks} rules",
        micro(ours),
        f"`parliament` {micro(theirs)}",
        f"{ours / theirs:.2f}",
        "< 1 and < 2 ms",
    )
    yield Row(
        "the same",
        micro(ours),
        f"`json.loads` and `jsonschema` alone {micro(floor)}",
        f"{ours / floor:.2f}",
        "small",
    )
    offering = cpu_seconds(lambda: _each(texts, _validate_and_offer), repeat=5) / len(texts)
    yield Row(
        "the same with every choice made and the size measured, as a page shows them",
        micro(offering),
        f"made when somebody looks {micro(ours)}",
        f"{offering / ours:.2f}",
        "< 2",
    )
    fresh = cpu_seconds(_renaming(texts), repeat=5) / len(texts)
    yield Row(
        "the same with names never seen before",
        micro(fresh),
        f"names seen before {micro(ours)}",
        f"{fresh / ours:.2f}",
        "small",
    )
    yield from _growth()
    yield from _wildcards()


def _side_by_side(*works: Callable[[], None]) -> list[float]:
    """The least time of each, measured in turns, so that a busy machine is equally unkind to all."""
    best = [float("inf")] * len(works)
    for _ in range(10):
        for index, work in enumerate(works):
            best[index] = min(best[index], cpu_seconds(work, repeat=5, rounds=1))
    return best


def _each(texts: list[str], work: Callable[[str], object]) -> None:
    for text in texts:
        work(text)


def _validate(text: str) -> None:
    validate(text, catalogue=load(), now=NOW, targets=[TARGET])


def _validate_and_offer(text: str) -> None:
    validation = validate(text, catalogue=load(), now=NOW, targets=[TARGET])
    for finding in validation.findings:
        tuple(finding.choices)
    assert validation.size


def _peer(texts: list[str]) -> Callable[[], None]:
    analogues = peer.analogues(texts)
    return lambda: _each(analogues, peer.judge)


_SCHEMA = Draft202012Validator(document_schema())


def _form_alone(text: str) -> None:
    assert not list(_SCHEMA.iter_errors(json.loads(text)))


def _renaming(texts: list[str]) -> Callable[[], None]:
    """Judges the samples with other names of keys, aliases and secrets each time."""
    numbers = count()

    def work() -> None:
        number = next(numbers)
        for text in texts:
            for kind in ("key", "alias", "secret"):
                text = text.replace(f":{kind}/", f":{kind}/n{number}-")
            _validate(text)

    return work


def _growth() -> Iterator[Row]:
    """Time for each statement must not grow with their number.

    The rules are asked directly, as `validate` caps what each check says of a document over the limit of RAM.
    """
    costs = {}
    for number in (100, 1000):
        statements = [
            {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": f"acs:kms:*:1234567890123456:key/k{i}"}
            for i in range(number)
        ]
        text = json.dumps({"Version": "1", "Statement": statements})
        costs[number] = cpu_seconds(lambda text=text: _rules(text), repeat=1, rounds=5) / number  # type: ignore[misc]
    yield Row(
        "read and ask every rule about 1,000 statements, without the cap on long documents, for each statement",
        micro(costs[1000]),
        f"100 statements {micro(costs[100])}",
        f"{costs[1000] / costs[100]:.2f}",
        "about 1 (linear)",
    )


def _rules(text: str) -> None:
    document = parse(text).document
    assert document is not None
    judge(Context(document, load(), NOW), rules())


def _wildcards() -> Iterator[Row]:
    """Patterns that send a backtracking matcher round for ever."""
    costs = {}
    for repeats in (8, 64):
        name = "*a" * repeats + "*b"
        statement = {
            "Effect": "Allow",
            "Action": [f"kms:{name}", "kms:" + "a" * repeats * 4],
            "Resource": [
                f"acs:kms:*:1234567890123456:key/{name}",
                "acs:kms:*:1234567890123456:key/" + "a" * 400,
            ],
        }
        text = json.dumps({"Version": "1", "Statement": [statement]})
        costs[repeats] = cpu_seconds(lambda text=text: _rules(text), repeat=3)  # type: ignore[misc]
    yield Row(
        "a document with `*a` 64 times, then `*b`",
        micro(costs[64]),
        f"8 times {micro(costs[8])}",
        f"{costs[64] / costs[8]:.2f}",
        "< 8 (linear)",
    )
