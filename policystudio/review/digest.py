"""What an approval is bound to: everything that decides what a release does, in one hash.

Source, targets, region mode and name; each field with its length in front, so that no two proposals look alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from policystudio.audit.chain import digest
from policystudio.ram.render import Target

FORM = "policystudio review 1"
MANIFEST_FORM = "policystudio release 1"


class HandedOut(Protocol):
    """A document of a release."""

    account: str
    region: str
    ram_name: str
    sha256: str


def review_digest(*, source_sha256: str, targets: Iterable[Target], region_mode: str, name: str) -> str:
    """The digest in hexadecimal. The order of `targets` and repeats in it do not matter."""
    ordered = sorted(set(targets))
    fields: list[str | int] = [FORM, source_sha256, name, region_mode, len(ordered)]
    for target in ordered:
        fields += (target.account, target.region)
    return digest(fields)


def manifest(documents: Iterable[HandedOut]) -> str:
    """The hash over all documents of a release, which the audit trail holds."""
    ordered = sorted(documents, key=lambda d: (d.account, d.region))
    fields: list[str | int] = [MANIFEST_FORM, len(ordered)]
    for document in ordered:
        fields += (document.account, document.region, document.ram_name, document.sha256)
    return digest(fields)
