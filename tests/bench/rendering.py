"""Rendering a source for one target, against reading the text as JSON and writing it again."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, Target, render_for
from tests.bench.measure import Row, cpu_seconds, micro
from tests.bench.validation import SAMPLES

ACCOUNTS = ("1234567890123456", "6543210987654321")
REGIONS = ("cn-hangzhou", "cn-shanghai", "eu-central-1")


def rows() -> Iterator[Row]:
    text = (SAMPLES / "key-admin.json").read_text()
    document = parse(text).document
    assert document is not None  # a sample is valid
    targets = [Target(account, region) for account in ACCOUNTS for region in REGIONS]
    floor = cpu_seconds(lambda: json.dumps(json.loads(text), indent=2, ensure_ascii=False), repeat=500)
    for mode in RegionMode:
        work = lambda mode=mode: render_for(document, targets, mode, "key-admin")  # noqa: E731
        ours = cpu_seconds(work, repeat=100) / len(targets)
        what = f"render key-admin for one target, {mode}"
        yield Row(
            what, micro(ours), f"`json` read and written {micro(floor)}", f"{ours / floor:.2f}", "one digit"
        )
