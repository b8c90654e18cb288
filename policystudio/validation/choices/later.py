"""Puts off the search for what a repair would write until somebody wants to see the repair.

What blanket patterns reach fills long lists, and most of what is said of them is silenced by a graver finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policystudio.ram.document import Document
from policystudio.ram.finding import Fix
from policystudio.validation.repairs import Repair


@dataclass(frozen=True, slots=True)
class Later:
    """The repair that `made` gives when it is asked for; no edit when it gives none."""

    made: Callable[[], Repair | None]

    def fix(self, document: Document) -> Fix | None:
        repair = self.made()
        return None if repair is None else repair.fix(document)
