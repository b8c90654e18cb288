"""100,000 released documents as NDJSON, against a raw cursor on SQLite and `COPY` on PostgreSQL."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.test import Client

from policystudio.teams.services.create_token import create_token
from policystudio.teams.viewer import Viewer
from tests.bench.measure import Row, wall_seconds
from tests.bench.stored import member, release_documents

COUNT = 100_000
ENTRIES = (
    "SELECT document.entry FROM review_current AS present"
    " JOIN review_releaseddocument AS document ON document.id = present.document_id"
    " WHERE present.team_id = %d ORDER BY present.account, present.region, present.name"
)


def rows() -> Iterator[Row]:
    owner = member()
    release_documents(COUNT // 10)
    _, token = create_token(by=Viewer(member=owner), name="bench", scopes=["export"], days=1)
    client = Client(headers={"authorization": f"Bearer {token}"})

    def product() -> Iterable[bytes]:
        response: Any = client.get("/api/v1/export/", {"format": "ndjson"})
        assert response.status_code == 200
        return response.streaming_content  # type: ignore[no-any-return]

    growth = {COUNT // 10: _growth(product)}
    release_documents(COUNT - COUNT // 10)
    sent = _drain(product())
    floor_name, floor = ("raw cursor", _raw_cursor) if connection.vendor == "sqlite" else ("`COPY`", _copy)
    statement = ENTRIES % owner.team_id
    assert floor(statement) == sent  # both send the same bytes
    floor_seconds = wall_seconds(lambda: floor(statement))
    ours = wall_seconds(lambda: _drain(product()))
    aim = "≥ 0.5" if connection.vendor == "sqlite" else "≥ 0.4"
    megabytes = sent / 1e6
    yield Row(
        f"stream {COUNT:,} documents, {connection.vendor}",
        f"{megabytes / ours:,.0f} MB/s",
        f"{floor_name} {megabytes / floor_seconds:,.0f} MB/s",
        f"{floor_seconds / ours:.2f} × as fast",
        aim,
    )
    started = time.perf_counter()
    next(iter(product()))
    yield Row("its first byte", f"{(time.perf_counter() - started) * 1e3:.1f} ms", "", "", "milliseconds")
    growth[COUNT] = _growth(product)
    (few, little), (many, much) = growth.items()
    yield Row(
        "memory that Python holds while it streams",
        f"{much / 1e6:.1f} MB for {many:,}",
        f"{little / 1e6:.1f} MB for {few:,}",
        f"{much / little:.2f}",
        "≤ 16 MB and flat",
    )


def _drain(blocks: Iterable[bytes]) -> int:
    return sum(map(len, blocks))


def _raw_cursor(statement: str) -> int:
    """Every row through the driver's own cursor, joined in blocks as large as ours."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        raw = cursor.cursor if hasattr(cursor, "cursor") else cursor
        sent = 0
        while batch := raw.fetchmany(2000):
            sent += len("".join(f"{entry}\n" for (entry,) in batch).encode())
        return sent


def _copy(statement: str) -> int:
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT") as copy:
        # COPY escapes backslashes, so what it sends is counted after undoing that.
        return sum(len(bytes(block)) - bytes(block).count(b"\\\\") for block in copy)


def _growth(product: Any) -> int:
    """The most memory that Python held above that before; the driver's own buffers are one batch of rows."""
    tracemalloc.start()
    try:
        _drain(product())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
