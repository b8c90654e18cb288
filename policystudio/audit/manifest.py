"""One hash over all documents of a release, so that a single event of the trail answers for every one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from policystudio.audit.chain import digest

FORM = "policystudio release 1"


class HandedOut(Protocol):
    """A document of a release."""

    account: str
    region: str
    ram_name: str
    sha256: str


def manifest(documents: Iterable[HandedOut]) -> str:
    """The hash in hexadecimal; the order of `documents` does not matter."""
    ordered = sorted(documents, key=lambda d: (d.account, d.region))
    fields: list[str | int] = [FORM, len(ordered)]
    for document in ordered:
        fields += (document.account, document.region, document.ram_name, document.sha256)
    return digest(fields)
