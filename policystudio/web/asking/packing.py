"""A pasted document as a part of an address: compressed, so that one of usual length fits, and bounded both ways."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

MAX_PACKED = 6000
"""Characters in the address; servers take some 8 000 for all of it."""
MAX_BYTES = 64 * 1024
"""Bytes after unpacking, ten documents of the greatest length that RAM takes."""
_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


class CannotUnpack(ValueError):
    """It is not what `packed` makes, or too much."""


def packed(text: str) -> str:
    """base64url, without padding, of the zlib stream of the text in UTF-8."""
    pressed = zlib.compress(text.encode("utf-8", "surrogatepass"), 9)
    return base64.urlsafe_b64encode(pressed).decode("ascii").rstrip("=")


def unpacked(part: str) -> str:
    """The text again. Raises: CannotUnpack, before more than `MAX_BYTES` are made."""
    if len(part) > MAX_PACKED or not _ALPHABET.fullmatch(part):
        raise CannotUnpack("too long, or with signs that do not belong there")
    try:
        pressed = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        stream = zlib.decompressobj()
        found = stream.decompress(pressed, MAX_BYTES + 1)
        if len(found) > MAX_BYTES or not stream.eof or stream.unused_data:
            raise CannotUnpack("too much, cut off, or with something behind it")
        return found.decode("utf-8")
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise CannotUnpack(str(error)) from None
