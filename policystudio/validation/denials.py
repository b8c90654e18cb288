"""What Deny statements without a condition take back, whatever the request; the others may not hold.

Only what is certain counts: an action that the catalogue holds, on resources that one entry of a Deny covers.
"""

from __future__ import annotations

from collections.abc import Iterable

from policystudio.ram.document import Statement
from policystudio.ram.patterns import matches_action
from policystudio.ram.resources import covers_resource, resources_meet
from policystudio.validation.alike import MOST_COMPARED
from policystudio.validation.reach import Grant, Reach
from policystudio.validation.shares import shares


class Denials:
    """The unconditional Deny statements of one document, of very many the first ones."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements = [each for each in statements if not each.is_allow and not each.conditions]
        del self.statements[MOST_COMPARED:]
        self._of: dict[str, tuple[int, ...]] = {}
        self._covered: dict[tuple[int, str], bool] = {}

    def of(self, action: str) -> tuple[int, ...]:
        """Which of `statements` speak of the action."""
        if action not in self._of:
            self._of[action] = tuple(
                number for number, deny in enumerate(self.statements) if _speaks_of(deny, action)
            )
        return self._of[action]

    def cover(self, numbers: Iterable[int], resource: str) -> bool:
        """Whether one of these statements takes the whole resource."""
        return any(self._covers(number, resource) for number in numbers)

    def take_back(self, grant: Grant, reach: Reach) -> bool:
        """Whether each resource on which the granted action may be used is in a Deny of that action.

        Of an action that asks for several resources, those of one type are enough.
        """
        numbers = self.of(grant.action.name) if self.statements else ()
        if not numbers:
            return False
        parts = [tuple(shares(grant, reach, kind)) for kind in grant.action.resource_types]
        taken = [all(self.cover(numbers, each) for each in part) for part in parts if part]
        return any(taken) if grant.action.resource_match == "all" else bool(taken) and all(taken)

    def _covers(self, number: int, resource: str) -> bool:
        known = self._covered.get((number, resource))
        if known is None:
            deny = self.statements[number]
            known = any(covers_resource(denied.text, resource) for denied in deny.resources) or (
                bool(deny.not_resources)
                and not any(resources_meet(left_out.text, resource) for left_out in deny.not_resources)
            )
            self._covered[number, resource] = known
        return known


def _speaks_of(deny: Statement, action: str) -> bool:
    if deny.not_actions:
        return not any(matches_action(entry.text, action) for entry in deny.not_actions)
    return any(matches_action(entry.text, action) for entry in deny.actions)
