"""Writing a document shorter against trying every single dropping by a comparison of its own; and splitting one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from policystudio.analysis.comparing import compare
from policystudio.analysis.minimising import minimise, split
from policystudio.catalog import load
from policystudio.ram.document import Document
from tests.analysis.comparing.generating import given
from tests.analysis.minimising.dropping import droppings
from tests.bench.measure import Row, wall_seconds
from tests.bench.proof import MAX_CHARACTERS, _document, _statements, _text

SAMPLE = 40
"""So many droppings are tried; the time for all of them follows from it."""


def rows() -> Iterator[Row]:
    count = next(count for count in range(1, 100) if len(_text(_statements(count + 1))) > MAX_CHARACTERS)
    half = _statements(count // 2)
    narrower = ({**each, "Action": each["Action"][:2]} for each in half[:-1])
    for what, statements in (
        ("in which everything counts", _statements(count)),
        ("in which much is said twice", [*half[:-1], *narrower, half[-1]]),
    ):
        yield _row(what, statements)
    long = _document(_statements(count * 10))
    apart = wall_seconds(partial(split, long, catalogue=load()), rounds=1)
    parts = [part.document for part in split(long, catalogue=load()).parts]
    once = wall_seconds(lambda: compare([long], parts, catalogue=load()))
    yield Row(
        f"splitting a document of {len(long.source.text):,} characters into {len(parts)}",
        f"{apart * 1e3:.0f} ms",
        f"comparing it with its parts {once * 1e3:.0f} ms",
        f"{apart / once:.1f}",
        "< 2 s",
    )


def _row(what: str, statements: list[dict[str, Any]]) -> Row:
    document = _document(statements)
    seconds = wall_seconds(partial(minimise, document, catalogue=load()))
    steps = len(minimise(document, catalogue=load()).steps)
    plain = json.loads(document.source.text)
    every = sum(1 for _ in droppings(plain))
    some = [given(less) for _, less in islice(droppings(plain), 0, None, max(1, every // SAMPLE))]
    each = wall_seconds(partial(_compared, document, some), rounds=1) / len(some)
    return Row(
        f"shortening {len(document.source.text):,} characters {what}, {steps} steps",
        f"{seconds * 1e3:.0f} ms",
        f"a comparison for each of {every} droppings {each * every * 1e3:,.0f} ms",
        f"{each * every / seconds:.1f}",
        "< 2 s",
    )


def _compared(document: Document, others: list[Document]) -> None:
    for other in others:
        compare([document], [other], catalogue=load())
