"""What an export format is, the registry of them, and the blocks in which all of them write.

Memory stays flat however many documents there are: entries come one by one and leave in blocks of 64 KiB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from policystudio.discovery import discover

BLOCK_BYTES = 64 * 1024

Entries = Iterable[str]
"""Entries as `released.py` describes them, ordered by account, region and name."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write released documents. The public name is the file name.

    `write` takes the entries and yields the bytes; it reads on only as the bytes are taken.
    """

    label: str
    content_type: str
    file_extension: str
    write: Callable[[Entries], Iterator[bytes]]


@cache
def all_formats() -> dict[str, Format]:
    """Name → format, sorted by name; `aliyun_cli.py` is called `aliyun-cli`."""
    found = discover("policystudio.exports.formats", "FORMAT", Format)
    return {name.replace("_", "-"): found[name] for name in sorted(found)}


def blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    """The UTF-8 bytes of `pieces`, in blocks of about `BLOCK_BYTES`; a long piece makes a longer block."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        # Characters stand for bytes here: a block of other scripts is a few times longer, which does no harm.
        length += len(piece)
        if length >= BLOCK_BYTES:
            yield "".join(waiting).encode()
            waiting.clear()
            length = 0
    if waiting:
        yield "".join(waiting).encode()
