"""What unpacking gives: documents with what their wrapping said of them, and what was left out and why.

Limits are here too, so that no module of this package can be asked for more than another one bears.
"""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.ram.finding import Finding
from policystudio.ram.reader import DOCUMENT_LIMITS, Limits
from policystudio.ram.render import Target

MAX_DOCUMENTS = 1000
"""So many documents are taken out of one paste, file or archive."""

MAX_BYTES = 4 * 1024 * 1024
"""So much is looked at of one paste or file, and of all files of an archive together."""

MAX_TOGETHER = 16 * 1024 * 1024
"""So many characters of documents are taken out of several pastes and files."""

WRAPPED_LIMITS = Limits(max_bytes=MAX_BYTES, max_values=400_000, allows_reordering=True)
"""What holds documents may be larger than one; a text in it is judged by the stricter limits afterwards."""

MAX_DOCUMENT_BYTES = DOCUMENT_LIMITS.max_bytes

MAX_NOTES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One document as it stood in what was sent.

    `name` is a hint and may be no name that RAM allows. `text` is untouched, or, where it was written as something
    else than text, its plain JSON. `origin` says where it was found: a file, and a JSON Pointer into it. `target` is
    the account and region that the wrapping named. `notes` are sentences about what was read into it or left out.
    `refusal` is why it can never be stored, such as bytes that are no text.
    """

    text: str
    name: str = ""
    origin: str = ""
    description: str = ""
    target: Target | None = None
    notes: tuple[str, ...] = ()
    refusal: Finding | None = None
    is_numbered: bool = False
    """Whether the name is only that of the file with a number."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """All documents in the order of the paste, and sentences about what holds none."""

    found: tuple[Found, ...]
    notes: tuple[str, ...] = ()
