"""What an approval is bound to: everything that decides what a release does, in one hash.

Source, targets, region mode and name; each field with its length in front, so that no two proposals look alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from policystudio.audit.chain import digest
from policystudio.ram.render import Target

FORM = "policystudio review 1"


def review_digest(*, source_sha256: str, targets: Iterable[Target], region_mode: str, name: str) -> str:
    """The digest in hexadecimal. The order of `targets` and repeats in it do not matter."""
    ordered = sorted(set(targets))
    fields: list[str | int] = [FORM, source_sha256, name, region_mode, len(ordered)]
    for target in ordered:
        fields += (target.account, target.region)
    return digest(fields)
