"""The sets of tags that the statements in play on a key tell apart."""

from __future__ import annotations

from policystudio.analysis.comparing.limits import Budget, Stuck, Unknown
from policystudio.analysis.escalation.model import Tags
from policystudio.analysis.escalation.permissions import Permissions

MOST_SETS = 400
"""So many sets of tags of one key are told apart; each asks for a search of its own."""


def tag_sets(permissions: Permissions, resource: str, budget: Budget) -> tuple[Tags, ...]:
    """All of them, the one without tags first. Raises: Stuck where there are more than `MOST_SETS`."""
    found: list[Tags] = [()]
    for name, values in sorted(permissions.tag_values(resource).items()):
        grown: list[Tags] = []
        for value in (None, *values):
            grown += [tags if value is None else (*tags, (name, value)) for tags in found]
        if len(grown) > MOST_SETS:
            raise Stuck(Unknown("too-many-states", "tags", (name,)))
        budget.node("tags")
        found = grown
    return tuple(found)
