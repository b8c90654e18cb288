"""The whole validator on the eleven samples, against `jsonschema` alone on the same texts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from jsonschema import Draft202012Validator

from policystudio.catalog.load import load
from policystudio.ram.render import Target
from policystudio.ram.schema import document_schema
from policystudio.validation.pipeline import validate
from tests.bench.measure import Row, cpu_seconds, micro

SAMPLES = Path(__file__).parent.parent / "samples"
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
TARGET = Target("1234567890123456", "cn-hangzhou")


def rows() -> Iterator[Row]:
    texts = [path.read_text() for path in sorted(SAMPLES.glob("*.json")) if path.name != "index.json"]
    catalogue, judge = load(), Draft202012Validator(document_schema())

    def peer() -> None:
        for text in texts:
            assert not list(judge.iter_errors(json.loads(text)))

    def product() -> None:
        for text in texts:
            validate(text, catalogue=catalogue, now=NOW, targets=[TARGET])

    floor = cpu_seconds(peer, repeat=20) / len(texts)
    ours = cpu_seconds(product, repeat=20) / len(texts)
    yield Row(
        "validate one sample for one target",
        micro(ours),
        f"`jsonschema` alone {micro(floor)}",
        f"{ours / floor:.2f}",
        "< 2 ms",
    )
    yield from _growth(ours)


def _growth(one: float) -> Iterator[Row]:
    """Time for each statement must not grow with their number."""
    costs = {}
    for count in (100, 1000):
        statements = [
            {
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": f"acs:kms:${{region}}:${{account}}:key/k{i}",
            }
            for i in range(count)
        ]
        text = json.dumps({"Version": "1", "Statement": statements})
        work = lambda text=text: validate(text, catalogue=load(), now=NOW)  # noqa: E731
        costs[count] = cpu_seconds(work, repeat=1, rounds=3) / count
    yield Row(
        "validate 1,000 statements, for each statement",
        micro(costs[1000]),
        f"100 statements {micro(costs[100])}",
        f"{costs[1000] / costs[100]:.2f}",
        "about 1 (linear)",
    )
