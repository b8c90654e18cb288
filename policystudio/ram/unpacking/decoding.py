"""Turns the bytes of a file into text: UTF-8, or UTF-16 and UTF-32 with their mark; nothing is guessed.

Source: Unicode Standard, section 23.8, byte-order mark; PowerShell 5 writes UTF-16 with it when output is redirected.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from policystudio.ram.finding import Finding
from policystudio.ram.reader import read_bytes
from policystudio.ram.unpacking.found import WRAPPED_LIMITS

# The longer marks first: that of UTF-32 LE starts like that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte-order mark"),
    (codecs.BOM_UTF32_LE, "utf_32_le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf_32_be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf_16_le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf_16_be", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file; with `refusal`, the bytes that are none are written as `\\xNN`."""

    text: str
    notes: tuple[str, ...] = ()
    refusal: Finding | None = None


def decode(data: bytes) -> Decoded:
    """The text in `data`. Never raises."""
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                break
            return Decoded(text, (f"the file was {name}; the characters are the same",))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        finding = read_bytes(data, WRAPPED_LIMITS).findings[0]
        return Decoded(data.decode("utf-8", "backslashreplace"), refusal=finding)
