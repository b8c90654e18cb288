"""What became of an import, for machines: the same for the API and the file that a page hands out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from policystudio.importing.models import Import, ImportedDocument, State


def import_report(parent: Import, counts: Mapping[str, int]) -> dict[str, Any]:
    """The import itself; `state` is prepared, running or finished."""
    pending = counts.get(State.PENDING, 0)
    return {
        "id": parent.pk,
        "label": parent.label,
        "state": "finished" if not pending else "running" if parent.is_started else "prepared",
        "counts": dict(counts),
        "documents": parent.document_count,
        "targets": [{"account": account, "region": region} for account, region in parent.targets],
        "region_mode": parent.region_mode,
        "on_existing": parent.on_existing,
        "notes": list(parent.notes),
        "created_by": parent.created_by_name,
        "created_at": moment(parent.created_at),
    }


def document_report(document: ImportedDocument) -> dict[str, Any]:
    """One document: where it was found, the choices made for it, and what became of it."""
    return {
        "number": document.number,
        "name": document.name,
        "origin": document.origin,
        "state": document.state,
        "policy": document.policy_id,
        "revision": document.revision_number,
        "builder": document.builder or None,
        "repairs": document.is_mended,
        "placeholders": document.is_generalised,
        "problems": list(document.problems),
        "findings": dict(document.findings),
        "notes": list(document.notes),
        "text": document.text,
        "finished_at": moment(document.finished_at) if document.finished_at else None,
    }


def moment(at: datetime) -> str:
    """UTC with a Z, as the API writes moments."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
