"""The registry of formats, the entries they read, and the blocks they write."""

import json
import tracemalloc
from itertools import islice

import pytest

from policystudio.exports.format import BLOCK_BYTES, all_formats, blocks
from policystudio.exports.released import entry_of, released_of
from tests.exports.entries import entries, released


def test_the_registry_of_formats():
    shown = {name: (f.content_type, f.file_extension) for name, f in all_formats().items()}
    assert shown == {
        "json": ("application/json", "json"),
        "ndjson": ("application/x-ndjson", "ndjson"),
        "zip": ("application/zip", "zip"),
    }


def test_an_entry_is_one_compact_line_and_reads_back():
    document = released(text='{"Sid": "钥匙\\n"}\n')
    entry = entry_of(document)
    assert "\n" not in entry
    assert json.dumps(json.loads(entry), ensure_ascii=False, separators=(",", ":")) == entry
    assert released_of(entry) == document


def test_blocks_lose_nothing_and_are_about_64_kib():
    pieces = [f"line {number}\n" for number in range(50_000)]
    written = list(blocks(pieces))
    assert b"".join(written) == "".join(pieces).encode()
    assert all(BLOCK_BYTES <= len(block) < BLOCK_BYTES + 100 for block in written[:-1])
    assert list(blocks([])) == []


@pytest.mark.parametrize("name", ["json", "ndjson", "zip"])
def test_a_format_reads_only_as_far_as_its_bytes_are_taken(name):
    taken = 0

    def stream():
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield from entries(released(f"policy-{number:06}"))

    assert next(all_formats()[name].write(stream()))
    assert taken < 2_000


@pytest.mark.parametrize("name", ["json", "ndjson", "zip"])
def test_ten_times_the_documents_need_no_more_memory(name):
    def peak(count: int) -> int:
        stream = (entry for number in range(count) for entry in entries(released(f"policy-{number:06}")))
        tracemalloc.start()
        for _ in all_formats()[name].write(stream):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    # The names of one account and region are remembered by the archive, the directory up to its first megabyte.
    assert peak(20_000) < peak(2_000) + 4 * 1024 * 1024


@pytest.mark.parametrize("name", ["json", "ndjson", "zip"])
def test_the_same_documents_make_the_same_bytes(name):
    documents = entries(*(released(f"policy-{number}") for number in range(20)))
    write = all_formats()[name].write
    assert list(write(documents)) == list(write(iter(documents)))


def test_a_fault_among_the_entries_is_not_swallowed():
    def broken():
        yield from entries(released())
        raise RuntimeError("no more")

    for export_format in all_formats().values():
        with pytest.raises(RuntimeError):
            list(islice(export_format.write(broken()), 1000))
