"""One entry a line, each a JSON object: for programs that read as they go."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.exports.format import Entries, Format, blocks


def _write(entries: Entries) -> Iterator[bytes]:
    return blocks(entry + "\n" for entry in entries)


FORMAT = Format(label="NDJSON", content_type="application/x-ndjson", file_extension="ndjson", write=_write)
