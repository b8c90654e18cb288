"""Further permissions that the requests may need by the catalogue: they are told, and never added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from policystudio.analysis.requirements.boxes import Box
from policystudio.catalog.model import Catalogue


class Dependent(NamedTuple):
    """`needed_by` may need `action` too, on a resource called like `resource`, `when` that is so."""

    action: str
    needed_by: str
    resource: str
    when: str
    confidence: str

    @property
    def text(self) -> str:
        """A sentence, in English."""
        return (
            f"`{self.needed_by}` also needs `{self.action}` on such as `{self.resource}` if {self.when}; "
            "add that request if it is so"
        )

    def as_json(self) -> dict[str, Any]:
        """The permission as the API shows it."""
        return {**self._asdict(), "detail": self.text}


def dependents(boxes: Iterable[Box], catalogue: Catalogue) -> tuple[Dependent, ...]:
    """What the actions of the boxes may need beside them and nobody asked for; in the catalogue's order."""
    used = {name for box in boxes for name in box.actions}
    return tuple(
        Dependent(
            each.action,
            action.name,
            catalogue.resource_types[each.resource_type].arn_pattern,
            each.when,
            each.confidence,
        )
        for action in catalogue.actions.values()
        if action.name in used
        for each in action.dependent_actions
        if each.action not in used
    )
