"""Reads the trail of a team that was fetched for the viewer already."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet

from policystudio.audit.chain import START
from policystudio.audit.models import Event, Head


class HeadState(NamedTuple):
    """How many events a trail has, and the hash of the newest."""

    sequence: int
    hash: str


def head(team_id: int) -> HeadState:
    """The head of a team's trail; (0, zeros) before the first event."""
    row = Head.objects.filter(team_id=team_id).values_list("sequence", "hash").first()
    return HeadState(*row) if row else HeadState(0, START)


def events(
    team_id: int,
    *,
    action: str | None = None,
    actor: str | None = None,
    object_type: str | None = None,
    object_id: int | None = None,
) -> QuerySet[Event]:
    """The events of a team, newest first; None is no limit. `actor` is the name at the time."""
    wanted = {"action": action, "actor_name": actor, "object_type": object_type, "object_id": object_id}
    given = {field: value for field, value in wanted.items() if value is not None}
    found = Event.objects.filter(team_id=team_id)
    if any(isinstance(value, str) and "\0" in value for value in given.values()):
        return found.none()
    return found.filter(**given).order_by("-sequence")
