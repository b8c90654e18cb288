"""What a released document looks like in a bulk export, and one hash over all documents of a release.

By that hash a single event of the trail answers for every document.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from policystudio.audit.chain import digest
from policystudio.exports.released import Released, entry_of

FORM = "policystudio release 1"


class HandedOut(Protocol):
    """A document of a release."""

    account: str
    region: str
    name: str
    ram_name: str
    revision_number: int
    sha256: str
    text: str
    entry: str
    entry_sha256: str


def manifest(documents: Iterable[HandedOut]) -> str:
    """The hash in hexadecimal; the order of `documents` does not matter."""
    ordered = sorted(documents, key=lambda d: (d.account, d.region))
    fields: list[str | int] = [FORM, len(ordered)]
    for document in ordered:
        fields += (document.account, document.region, document.ram_name, document.sha256)
    return digest(fields)


def entry(document: HandedOut) -> str:
    """The document with its circumstances as one compact JSON object, the line of a bulk export."""
    return entry_of(
        Released(
            account=document.account,
            region=document.region,
            name=document.name,
            ram_name=document.ram_name,
            revision=document.revision_number,
            sha256=document.sha256,
            document=document.text,
        )
    )
