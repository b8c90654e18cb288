"""Takes a name back that a team has added, so that the validator calls it unknown again."""

from __future__ import annotations

from django.db import transaction

from policystudio.audit.services.record import record
from policystudio.errors import NotFound
from policystudio.standards.models import KnownName
from policystudio.standards.services.add_known_name import facts
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def remove_known_name(*, by: Viewer, name: KnownName, expected_version: int | None = None) -> None:
    """What is released stays released; drafts that use the name are warned of again.

    Raises: NotAllowed; NotFound; Stale.
    """
    require(by, Act.MANAGE_NAMES)
    stored = KnownName.objects.select_for_update().filter(pk=name.pk, team_id=by.team_id).first()
    if stored is None:
        raise NotFound("there is no such name")
    refuse_stale(expected_version, stored.version, "name")
    record(by, "known_name.removed", on=stored, data=facts(stored))
    stored.delete()
