"""What a release changes in the access that it gives, as values: lines, groups of places, and the answer over all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.analysis.access.places import Place
from policystudio.analysis.comparing import Answer, Change, Unknown, Witness
from policystudio.analysis.comparing.answers import reason_json
from policystudio.ram.render import Target


@dataclass(frozen=True, slots=True)
class Shown:
    """A request that shows a change in `target`, whether or not a line says it."""

    witness: Witness
    target: Target


@dataclass(frozen=True, slots=True)
class Line:
    """One line in the words of the source; its witness is a request in `target`."""

    change: Change
    target: Target

    @property
    def shown(self) -> Shown:
        """The line's own request."""
        return Shown(self.change.witness, self.target)


@dataclass(frozen=True, slots=True)
class Group:
    """Places where the same changes: both answers, the lines, and why some of it cannot be told."""

    places: tuple[Place, ...]
    grants: Answer
    revokes: Answer
    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    complete: bool
    reason: Unknown | None
    shown: Shown | None = None
    """Of new access, where no line says it."""
    shown_lost: Shown | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing was there before."""
        return not any(place.before for place in self.places)

    @property
    def is_gone(self) -> bool:
        """Whether nothing is there any more."""
        return not any(place.after for place in self.places)

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(target for place in self.places for target in place.targets)


@dataclass(frozen=True, slots=True)
class Access:
    """The answer over all places; the groups are those with the gravest new access first."""

    groups: tuple[Group, ...]
    proofs: int
    """So many comparisons were made."""

    @property
    def grants_new_access(self) -> Answer:
        return _together(group.grants for group in self.groups)

    @property
    def revokes_access(self) -> Answer:
        return _together(group.revokes for group in self.groups)

    @property
    def gained(self) -> Line | None:
        """The gravest line of new access; its witness shows it."""
        return next((line for group in self.groups for line in group.added[:1]), None)

    @property
    def lost(self) -> Line | None:
        return next((line for group in self.groups for line in group.removed[:1]), None)

    @property
    def shown(self) -> Shown | None:
        """A request that shows the new access: that of the gravest line, else of what no line says."""
        if self.gained is not None:
            return self.gained.shown
        return next((group.shown for group in self.groups if group.shown), None)

    @property
    def shown_lost(self) -> Shown | None:
        """The same for what is taken away."""
        if self.lost is not None:
            return self.lost.shown
        return next((group.shown_lost for group in self.groups if group.shown_lost), None)

    @property
    def complete(self) -> bool:
        return all(group.complete for group in self.groups)

    @property
    def reason(self) -> Unknown | None:
        return next((group.reason for group in self.groups if group.reason), None)

    def as_json(self) -> dict[str, Any]:
        """The answer as the API shows it; a line names its targets where not all of them have it."""
        return {
            "grants_new_access": str(self.grants_new_access),
            "revokes_access": str(self.revokes_access),
            "witness": None if self.shown is None else self.shown.witness.as_json(),
            "lost": None if self.shown_lost is None else self.shown_lost.witness.as_json(),
            "added": [line for group in self.groups for line in self._json(group, group.added)],
            "removed": [line for group in self.groups for line in self._json(group, group.removed)],
            "complete": self.complete,
            "reason": None if self.reason is None else reason_json(self.reason),
        }

    def _json(self, group: Group, lines: Sequence[Line]) -> list[dict[str, Any]]:
        targets = None
        if len(self.groups) > 1:
            targets = [{"account": target.account, "region": target.region} for target in group.targets]
        return [{**line.change.as_json(), "targets": targets} for line in lines]


def _together(answers: Iterable[Answer]) -> Answer:
    found: Mapping[Answer, None] = dict.fromkeys(answers)
    return next((answer for answer in (Answer.YES, Answer.UNKNOWN) if answer in found), Answer.NO)
