"""One released document as a bulk export gives it, and its form as an entry: one compact JSON object.

Entries are written once, at release; formats that need the parts read them here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Released:
    """A released document. `document` is its canonical text, to the byte, `sha256` the hash of that."""

    account: str
    region: str
    name: str
    ram_name: str
    revision: int
    sha256: str
    document: str


def entry_of(released: Released) -> str:
    """The entry: a JSON object on one line, without the line feed."""
    return json.dumps(asdict(released), ensure_ascii=False, separators=(",", ":"))


def released_of(entry: str) -> Released:
    """What an entry speaks of. Entries are our own writing, so a malformed one is a bug and raises."""
    facts: dict[str, Any] = json.loads(entry)
    return Released(**facts)
