"""Bulk exports of thousands: memory stays flat, and nothing is gathered before the first block leaves."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests.api.client import Api
from tests.bench.stored import member, release_documents

pytestmark = pytest.mark.django_db

# One batch of rows from the database is some 4 MB; everything at once would be more than SENT_BYTES.
SENT_BYTES = 12_000_000
GROWTH_BYTES = 9_000_000


def exporter_of(count: int) -> Api:
    """Somebody in whose team so many documents are released."""
    owner = member()
    release_documents(count)
    return Api(Viewer(member=owner), "export")


def sent_and_grown(api: Api, name: str) -> tuple[int, int]:
    """Bytes sent, and by how much memory was grown at most meanwhile."""
    response: Any = api.get(f"/export/?format={name}")
    assert response.status_code == 200
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    sent = sum(len(block) for block in response.streaming_content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return sent, peak - before


def test_memory_does_not_grow_with_the_export() -> None:
    api = exporter_of(20_000)
    for name in ("json", "ndjson", "zip"):
        sent, grown = sent_and_grown(api, name)
        assert sent > (0 if name == "zip" else SENT_BYTES)
        assert grown < GROWTH_BYTES


def test_export_leaves_in_blocks_after_two_queries(django_assert_num_queries: Any) -> None:
    api = exporter_of(2000)
    with django_assert_num_queries(2):
        response: Any = api.get("/export/?format=ndjson")
        blocks = [len(block) for block in response.streaming_content]
    assert all(block >= 64 * 1024 for block in blocks[:-1])
    assert max(blocks) < 128 * 1024
