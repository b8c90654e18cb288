"""All entries as one JSON list, one entry a line."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.exports.format import Entries, Format, blocks


def _write(entries: Entries) -> Iterator[bytes]:
    return blocks(_pieces(entries))


def _pieces(entries: Entries) -> Iterator[str]:
    before = "["
    for entry in entries:
        yield before + "\n" + entry
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


FORMAT = Format(label="JSON", content_type="application/json", file_extension="json", write=_write)
