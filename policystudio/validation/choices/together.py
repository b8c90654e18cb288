"""Makes several repairs at once, as one that is named by what they do together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from policystudio.ram.document import Document
from policystudio.ram.finding import Edit, Fix
from policystudio.validation.repairs import Repair


@dataclass(frozen=True, slots=True)
class Together:
    """All of the repairs, or none when one cannot be made or two would meet in the text."""

    repairs: tuple[Repair, ...]
    title: str

    def fix(self, document: Document) -> Fix | None:
        edits = edits_of(self.repairs, document)
        return None if edits is None else Fix(self.title, edits)


def edits_of(repairs: Iterable[Repair], document: Document) -> tuple[Edit, ...] | None:
    """The edits of all repairs in the order of the text, or None when they cannot all be made."""
    fixes = [repair.fix(document) for repair in repairs]
    if not fixes or any(fix is None for fix in fixes):
        return None
    edits = sorted((edit for fix in fixes if fix for edit in fix.edits), key=lambda e: (e.start, e.end))
    if any(second.start < first.end or second.start == first.start for first, second in pairwise(edits)):
        return None
    return tuple(edits)
