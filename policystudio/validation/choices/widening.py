"""Marks a repair that allows more than the document did, so that nobody takes it for a mere correction.

Decision: what a document says is taken literally. A slip of the pen grants nothing, so to correct it in an Allow grants
something and is a choice; to correct it in a Deny takes access away and is a fix. What RAM refuses as a whole is taken
for what its repair claims, as nothing was granted that one could compare with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypedDict

from policystudio.ram.document import Document
from policystudio.ram.finding import Fix
from policystudio.validation.repairs import Repair


class Offer(TypedDict, total=False):
    """What a finding offers: the one repair, or choices."""

    fix: Repair
    choices: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Widening:
    """A repair after which more is allowed; `effect` ends its title."""

    repair: Repair
    effect: str = "which allows more"

    def fix(self, document: Document) -> Fix | None:
        made = self.repair.fix(document)
        return made and replace(made, title=f"{made.title}, {self.effect}", widens=True)


def offer(repair: Repair | None, *, widens: bool, beside: tuple[Repair, ...] = ()) -> Offer:
    """The repair as a fix, or, where it allows more, as a choice beside others."""
    if repair is None:
        return Offer(choices=beside)
    return Offer(choices=(Widening(repair), *beside)) if widens else Offer(fix=repair)
