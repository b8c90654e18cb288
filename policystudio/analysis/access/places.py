"""Where a release puts documents, and which of those that are there now it replaces.

Decision: within an account a document replaces those of the same regions and the one of the same name; what belongs
together so is compared together. A document that replaces nothing is new access there, one that nothing replaces is
access removed, whatever other policies the account has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.ram.render import Target

Regions = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Documents of one account that are compared with each other: the regions of each, before and after."""

    account: str
    before: tuple[Regions, ...]
    after: tuple[Regions, ...]

    @property
    def is_plain(self) -> bool:
        """Whether there is one document at most on each side, and the same regions for both."""
        sides = {*self.before, *self.after}
        return len(sides) == 1 and len(self.before) <= 1 and len(self.after) <= 1

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every target that has one of the documents."""
        regions = {region for each in (*self.before, *self.after) for region in each}
        return tuple(Target(self.account, region) for region in sorted(regions))


class _Document(NamedTuple):
    is_after: bool
    name: str
    regions: Regions


def places(before: Iterable[tuple[Target, str]], after: Iterable[tuple[Target, str]]) -> list[Place]:
    """All places, by account and region. Both sides say the name of the RAM policy that each target has."""
    by_account: dict[str, list[_Document]] = defaultdict(list)
    for is_after, targets in ((False, before), (True, after)):
        regions: dict[tuple[str, str], list[str]] = defaultdict(list)
        for target, name in sorted(targets):
            regions[target.account, name].append(target.region)
        for (account, name), those in regions.items():
            by_account[account].append(_Document(is_after, name, tuple(those)))
    found = [
        _place(account, together) for account in by_account for together in _connected(by_account[account])
    ]
    return sorted(found, key=lambda place: place.targets)


def _place(account: str, documents: list[_Document]) -> Place:
    return Place(
        account,
        tuple(sorted(each.regions for each in documents if not each.is_after)),
        tuple(sorted(each.regions for each in documents if each.is_after)),
    )


def _connected(documents: list[_Document]) -> list[list[_Document]]:
    """The documents in groups that share no region and no name with each other."""
    groups: dict[str, list[_Document]] = {}
    group_of: dict[str, list[_Document]] = groups
    for document in documents:
        # A region never begins with a slash, so no name can be taken for one.
        marks = [f"/{document.name}", *document.regions]
        merged = [document]
        for other in {id(group_of[mark]): group_of[mark] for mark in marks if mark in group_of}.values():
            merged += other
        for each in merged:
            for mark in (f"/{each.name}", *each.regions):
                group_of[mark] = merged
    return list({id(group): group for group in groups.values()}.values())
