"""Takes the files out of a zip archive, in memory and within limits, whatever its directory claims.

Nothing is written anywhere, so a path in an archive is a name and no more.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from policystudio.ram.finding import shown
from policystudio.ram.unpacking.found import MAX_BYTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENTS

MAGIC = b"PK\x03\x04"
EMPTY_MAGIC = b"PK\x05\x06"
_DIRECTORY_RECORD = b"PK\x01\x02"
_MAX_ENTRIES = 2 * MAX_DOCUMENTS
# Source: documents of our own export shrink to about a sixth; a list of regions to a hundredth. A bomb has 1 : 1000.
_MAX_RATIO = 200
_TEXTS = (".json", ".txt", ".ndjson", ".jsonl", ".tfstate", ".template")
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Entry(NamedTuple):
    """One file of an archive; `data` is None when it was left out, and `note` says why."""

    path: str
    data: bytes | None
    note: str


def is_archive(data: bytes) -> bool:
    """Whether this is a zip archive, by its first bytes."""
    return data.startswith((MAGIC, EMPTY_MAGIC))


def entries(data: bytes) -> Iterator[Entry]:
    """The files of the archive in its order. Never raises; a file that cannot be read is one with a note."""
    # Counted before they are read, as each entry of the directory becomes an object.
    count = data.count(_DIRECTORY_RECORD)
    if count > _MAX_ENTRIES:
        yield Entry("", None, f"the archive lists {count} files; at most {_MAX_ENTRIES} are read")
        return
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error):
        yield Entry("", None, "the archive is damaged and cannot be read")
        return
    with archive:
        left = MAX_BYTES
        for info in archive.infolist():
            if info.is_dir():
                continue
            note = _refusal(info, left)
            content = None if note else _content(archive, info)
            if content is None:
                yield Entry(info.filename, None, note or f"{shown(info.filename)} is damaged")
                continue
            left -= len(content)
            yield Entry(info.filename, content, "")


def _refusal(info: zipfile.ZipInfo, left: int) -> str:
    """Why a file is not read, or the empty text."""
    name = shown(info.filename)
    parts = info.filename.replace("\\", "/").split("/")
    if parts[0] == "__MACOSX" or parts[-1].startswith("."):
        return f"{name} is a note of the operating system"
    if not info.filename.lower().endswith(_TEXTS):
        return f"{name} is no text of JSON by its name; read are {', '.join(_TEXTS)}"
    if info.flag_bits & _ENCRYPTED:
        return f"{name} is encrypted"
    if info.compress_type not in _METHODS:
        return f"{name} is packed in a way that is not read; use the plain deflate method"
    if info.file_size > min(left, MAX_BYTES):
        return f"{name} is too large; {MAX_BYTES // 1024 // 1024} MiB are read of one archive"
    if info.file_size > MAX_DOCUMENT_BYTES and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
        return f"{name} would unpack to {info.file_size} bytes, {_MAX_RATIO} times its size or more"
    return ""


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """The bytes, no more than the directory promised; None when they are not what it promised."""
    try:
        with archive.open(info) as packed:
            data = packed.read(info.file_size + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
        struct.error,
    ):
        return None
    return data if len(data) == info.file_size else None
