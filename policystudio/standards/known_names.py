"""Reads the names that a team has seen work, for whoever may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from policystudio.audit.models import Event
from policystudio.audit.selectors import events
from policystudio.catalog import load
from policystudio.catalog.team import TeamName, is_held
from policystudio.errors import NotFound
from policystudio.standards.models import KnownName
from policystudio.teams.viewer import Viewer

MAX_REMOVALS = 20
"""An action and a condition key may have one name; of so many removals at most the kind is looked at."""


def known_names(viewer: Viewer) -> QuerySet[KnownName]:
    """The names of the viewer's team, in the order of adding."""
    return KnownName.objects.filter(team_id=viewer.team_id).order_by("pk")


def known_name_get(viewer: Viewer, name_id: int) -> KnownName:
    """Raises: NotFound, also for a name of another team."""
    found = known_names(viewer).filter(pk=name_id).first()
    if found is None:
        raise NotFound("there is no such name")
    return found


def namesake(viewer: Viewer, kind: str, name: str) -> KnownName | None:
    """The team's entry of this name in whatever letter case, or None."""
    found = (
        known_names(viewer).filter(kind=kind, name__iexact=name)
        if "\0" not in name
        else KnownName.objects.none()
    )
    return found.first()


def removal_of(viewer: Viewer, kind: str, name: str) -> Event | None:
    """The event that took a name out of the team's catalogue last, or None; whether it was added anew is not asked."""
    if "\0" in name:
        return None
    told = events(viewer.team_id, action="known_name.removed").filter(object_name__iexact=name)
    return next((event for event in told[:MAX_REMOVALS] if event.data.get("kind") == kind), None)


def is_held_by_now(name: KnownName) -> bool:
    """Whether the product's own catalogue holds the name meanwhile, so that the team's entry adds nothing any more."""
    return is_held(load(), name.name, is_condition_key=name.is_condition_key)


def team_names(team_id: int) -> tuple[TeamName, ...]:
    """The names as the catalogue takes them, in the order of adding."""
    return tuple(
        TeamName(
            name=each.name,
            is_condition_key=each.is_condition_key,
            note=each.note,
            seen_on=each.seen_on,
            added_by=each.added_by_name,
            access_level=each.access_level,
            resource_types=tuple(each.resource_types),
            risk=each.risk,
        )
        for each in KnownName.objects.filter(team_id=team_id).order_by("pk")
    )
