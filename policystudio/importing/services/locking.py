"""Fetches an import's row under its lock: the first lock of all, before those of policies, accounts and trail.

So documents of one import are worked off one at a time, in their order, however many people ask for it.
"""

from __future__ import annotations

from policystudio.errors import NotFound
from policystudio.importing.models import Import
from policystudio.teams.viewer import Viewer


def locked_import(by: Viewer, import_id: int) -> Import:
    """The import as stored now. Raises: NotFound, also for one of another team."""
    found = Import.objects.select_for_update().filter(pk=import_id, team_id=by.team_id).first()
    if found is None:
        raise NotFound("there is no such import")
    return found
