"""Changes how a document of an import is to be read: its name, the offered repairs, placeholders, or not at all."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import Conflict
from policystudio.importing.models import ImportedDocument, State
from policystudio.importing.selectors import chosen_targets
from policystudio.importing.services.locking import locked_import
from policystudio.policies.services.naming import name_problems
from policystudio.ram.render import RegionMode
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse
from policystudio.teams.viewer import Viewer


@transaction.atomic
def prepare_document(
    *,
    by: Viewer,
    document: ImportedDocument,
    name: str | None = None,
    is_mended: bool | None = None,
    is_generalised: bool | None = None,
    is_skipped: bool = False,
) -> ImportedDocument:
    """The document, pending with these choices, or skipped; what is None stays. A refused one is tried again.

    Raises: NotAllowed; NotFound; InvalidInput at /name; Conflict when it is stored, or can never be.
    """
    require(by, Act.WRITE)
    parent = locked_import(by, document.parent_id)
    if name is not None:
        refuse(name_problems(name, RegionMode(parent.region_mode), chosen_targets(parent)))
    found = ImportedDocument.objects.get(pk=document.pk)
    found.parent = parent
    if found.state in (State.STORED, State.UNCHANGED):
        raise Conflict("the document is stored already", advice="edit the policy instead")
    if found.refusal is not None and not is_skipped:
        raise Conflict("this document can never be read", advice="send its file again in a readable form")
    found.name = found.name if name is None else name
    found.is_mended = found.is_mended if is_mended is None else is_mended
    found.is_generalised = found.is_generalised if is_generalised is None else is_generalised
    found.problems = []
    found.state, found.finished_at = (State.SKIPPED, timezone.now()) if is_skipped else (State.PENDING, None)
    found.save()
    parent.shaped_by(by.actor_id)
    parent.save(update_fields=["shapers"])
    data = {
        "number": found.number,
        "name": found.name,
        "state": found.state,
        "repairs": found.is_mended,
        "placeholders": found.is_generalised,
    }
    record(by, "import.prepared", on=parent, data=data)
    return found
