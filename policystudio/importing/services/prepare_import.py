"""Changes how all documents of an import that are not stored yet are to be read."""

from __future__ import annotations

from django.db import transaction

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, Problem
from policystudio.importing.models import Import, ImportedDocument, OnExisting, State
from policystudio.importing.services.locking import locked_import
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer


@transaction.atomic
def prepare_import(
    *,
    by: Viewer,
    parent: Import,
    on_existing: str,
    is_mended: bool,
    is_generalised: bool,
    tries_refused: bool = False,
) -> Import:
    """The import with these choices for every pending document, and, with `tries_refused`, for those refused so far.

    Documents that can never be read stay refused. Raises: NotAllowed; NotFound; InvalidInput at /on_existing.
    """
    require(by, Act.WRITE)
    if on_existing not in list(OnExisting):
        raise InvalidInput(
            [Problem("/on_existing", f"must be one of {', '.join(OnExisting)}", "unknown-choice")]
        )
    locked = locked_import(by, parent.pk)
    locked.on_existing = on_existing
    locked.shaped_by(by.actor_id)
    locked.save(update_fields=["on_existing", "shapers"])
    states = [State.PENDING, State.REFUSED] if tries_refused else [State.PENDING]
    changed = ImportedDocument.objects.filter(parent=locked, state__in=states, refusal__isnull=True).update(
        is_mended=is_mended,
        is_generalised=is_generalised,
        state=State.PENDING,
        problems=[],
        finished_at=None,
    )
    data = {
        "documents": changed,
        "on_existing": on_existing,
        "repairs": is_mended,
        "placeholders": is_generalised,
    }
    record(by, "import.prepared", on=locked, data=data)
    return locked
