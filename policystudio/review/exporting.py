"""Hands out what is released, byte for byte as it was stored, after checking that nobody changed it.

The hot way: one query, no model instance, no JSON read or written. How it looks in HTTP is left to the API.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from django.db import transaction

from policystudio.audit.services.record import record
from policystudio.errors import NotFound
from policystudio.policies.models import PolicyTarget
from policystudio.review.models import Current, ReleasedDocument
from policystudio.review.services.refusals import IntegrityBroken, NotReleased
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer

BATCH = 2000


class Exported(NamedTuple):
    """A released document: its canonical text, and the SHA-256 that was just checked."""

    text: str
    sha256: str
    revision: int


def export_one(viewer: Viewer, account: str, region: str, name: str) -> Exported:
    """The document that is released for a target, by the policy's name in exactly this letter case. One query.

    Raises: NotAllowed; NotReleased when the policy is stored for the target and not released there; NotFound
    otherwise; IntegrityBroken.
    """
    require(viewer, Act.EXPORT)
    if "\0" in account + region + name:
        raise NotFound("nothing is stored here")
    # Unique, so it needs no order, which would cost more than the query.
    rows = Current.objects.filter(
        team_id=viewer.team_id, account=account, region=region, name=name
    ).values_list("document__text", "document__sha256", "document__revision_number", "document_id")
    row = next(iter(rows), None)
    if row is None:
        _refuse_absent(viewer, account, region, name)
    text, sha256, revision, document_id = row
    if hashlib.sha256(text.encode()).hexdigest() != sha256:
        refuse_broken(viewer, document_id)
    return Exported(text, sha256, revision)


def export_rows(viewer: Viewer, account: str | None = None, region: str | None = None) -> Iterator[str]:
    """The entries of everything that is exported now, each a compact JSON object, by account, region and name.

    Streams with bounded memory. Raises: NotAllowed at once; IntegrityBroken at the entry in question, mid-stream.
    """
    require(viewer, Act.EXPORT)
    return _rows(viewer, account, region)


def _rows(viewer: Viewer, account: str | None, region: str | None) -> Iterator[str]:
    if "\0" in (account or "") + (region or ""):
        return
    found = Current.objects.filter(team_id=viewer.team_id).order_by("account", "region", "name")
    if account is not None:
        found = found.filter(account=account)
    if region is not None:
        found = found.filter(region=region)
    hashed = hashlib.sha256
    rows = found.values_list("document__entry", "document__entry_sha256", "document_id").iterator(
        chunk_size=BATCH
    )
    for entry, entry_sha256, document_id in rows:
        if hashed(entry.encode()).hexdigest() != entry_sha256:
            refuse_broken(viewer, document_id)
        yield entry


def _refuse_absent(viewer: Viewer, account: str, region: str, name: str) -> NoReturn:
    stored = PolicyTarget.objects.filter(
        account__number=account,
        region=region,
        policy__name=name,
        policy__team_id=viewer.team_id,
        policy__deleted_at=None,
    )
    if stored.exists():
        raise NotReleased(f"{name} is stored for this account and region, and not released there")
    raise NotFound("nothing is stored here")


def refuse_broken(viewer: Viewer, document_id: int) -> NoReturn:
    """The trail keeps the incident even though the request fails. Raises: IntegrityBroken, always."""
    document = ReleasedDocument.objects.get(pk=document_id)
    with transaction.atomic():
        record(viewer, "export.integrity_broken", on=document, data={"policy": document.policy_id})
    raise IntegrityBroken(
        f"the stored document {document} is not what was released, so it is not handed out",
        advice="tell the operator; `manage.py audit_verify` says what was altered",
    )
