"""Writes a zip archive as a stream: every file whole, nothing kept but the directory, and that on disk when it grows.

Decision: written here and not with `zipfile`, which keeps a record of about half a kilobyte in memory for each file
and writes to a stream with data descriptors, which some readers do not take. Files are small and at hand, so their
sizes are known before they are written. Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 to 4.3.16, 4.5.3.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator

from policystudio.exports.format import BLOCK_BYTES

_VERSION = 20
_VERSION_ZIP64 = 45
_UTF8_NAME = 0x0800
_DEFLATED = 8
# The first moment that a zip archive can name, 1980-01-01 00:00: the same documents make the same bytes on every day.
_TIME, _DATE = 0, 0x0021
_MADE_BY_UNIX = 3 << 8
_READABLE_FILE = 0o100644 << 16
_ALL_ONES_16 = 0xFFFF
_ALL_ONES_32 = 0xFFFFFFFF
# More of the directory than this goes to a temporary file.
_DIRECTORY_IN_MEMORY_BYTES = 1024 * 1024
_LEVEL = 6


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The archive of `files`, pairs of path and content, in blocks of about 64 KiB.

    Paths are taken as they are and must differ; a content is under 4 GiB, the archive may be larger.
    """
    with tempfile.SpooledTemporaryFile(max_size=_DIRECTORY_IN_MEMORY_BYTES) as directory:
        waiting = bytearray()
        offset = count = directory_bytes = 0
        for path, content in files:
            name = path.encode()
            local, central = _records(name, content, offset)
            waiting += local
            offset += len(local)
            directory_bytes += directory.write(central)
            count += 1
            if len(waiting) >= BLOCK_BYTES:
                yield bytes(waiting)
                waiting.clear()
        directory.seek(0)
        while block := directory.read(BLOCK_BYTES):
            yield bytes(waiting) + block
            waiting.clear()
        yield bytes(waiting) + _end(count, directory_bytes, offset)


def _records(name: bytes, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """A file with its local header, and its record for the directory."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = compressor.compress(content) + compressor.flush()
    is_far = offset >= _ALL_ONES_32
    extra = struct.pack("<HHQ", 1, 8, offset) if is_far else b""
    facts = (_UTF8_NAME, _DEFLATED, _TIME, _DATE, zlib.crc32(content), len(packed), len(content), len(name))
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, _VERSION, *facts, 0)
    central = struct.pack(
        "<IHHHHHHIIIHHHHHII",
        0x02014B50,
        _MADE_BY_UNIX | (_VERSION_ZIP64 if is_far else _VERSION),
        _VERSION_ZIP64 if is_far else _VERSION,
        *facts,
        len(extra),
        0,
        0,
        0,
        _READABLE_FILE,
        min(offset, _ALL_ONES_32),
    )
    return local + name + packed, central + name + extra


def _end(count: int, directory_bytes: int, offset: int) -> bytes:
    """The end of the archive; preceded by its larger form when a number does not fit into the small one."""
    end = b""
    if count >= _ALL_ONES_16 or directory_bytes >= _ALL_ONES_32 or offset >= _ALL_ONES_32:
        versions = (_MADE_BY_UNIX | _VERSION_ZIP64, _VERSION_ZIP64)
        sizes = (count, count, directory_bytes, offset)
        end += struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, *versions, 0, 0, *sizes)
        end += struct.pack("<IIQI", 0x07064B50, 0, offset + directory_bytes, 1)
    small = min(count, _ALL_ONES_16)
    small_sizes = (min(directory_bytes, _ALL_ONES_32), min(offset, _ALL_ONES_32))
    return end + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, small, small, *small_sizes, 0)
