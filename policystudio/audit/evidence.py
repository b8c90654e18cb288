"""Compares what events say with the rows that they speak of: revisions, decisions, releases and what is exported.

These tables belong to apps above this one and are therefore named by string. Walking the chain is `verify.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Exists, F, Max, Model, OuterRef, Q, QuerySet, Subquery

from policystudio.audit.manifest import HandedOut, entry, manifest
from policystudio.audit.models import Event

REVISED, DECIDED, RELEASED = "policy.revised", "review.decided", "review.released"
SAID_OF_A_RELEASE = {
    "review_id": "review",
    "digest": "digest",
    "approved_by": "approved_by",
    "required_approvals": "required_approvals",
}
# Revisions may be a quarter of a megabyte each.
FEW = 50


class Fault(NamedTuple):
    """The first thing that is wrong; `sequence` is the event that it contradicts, where there is one."""

    sequence: int | None
    object_type: str
    object_id: int
    reason: str


def contradicted(events: Sequence[Event]) -> Fault | None:
    """The earliest of `events` whose row is missing or says something else than the event."""
    faults = [*_revisions(events), *_decisions(events), *_releases(events)]
    return min(faults, key=lambda fault: fault.sequence or 0, default=None)


def unrecorded(team_id: int) -> Fault | None:
    """A row that no event speaks of, or an export that does not follow from the last release."""
    for label, action, team in (
        ("policies.Revision", REVISED, "policy__team_id"),
        ("review.Decision", DECIDED, "review__policy__team_id"),
        ("review.Release", RELEASED, "policy__team_id"),
    ):
        told = Event.objects.filter(team_id=team_id, action=action, object_id=OuterRef("pk"))
        row = _rows(label).filter(**{team: team_id}).exclude(Exists(told)).order_by("pk").first()
        if row is not None:
            return _fault(None, row, "no event of the trail speaks of it")
    return _wrong_export(team_id)


def _revisions(events: Sequence[Event]) -> Iterator[Fault]:
    told = {event.object_id: event for event in events if event.action == REVISED}
    for row in _each("policies.Revision", told):
        event = told.pop(row.pk)
        if not _sha256(row.source) == row.sha256 == event.after_sha256:
            yield _fault(event, row, "the source is not the one that was written")
        elif (row.policy_id, row.number, row.author_id) != (
            event.data.get("policy"),
            event.data.get("number"),
            event.actor_id,
        ):
            yield _fault(event, row, "policy, number or author are not those that the event tells of")
    yield from _missing(told)


def _decisions(events: Sequence[Event]) -> Iterator[Fault]:
    told = {event.object_id: event for event in events if event.action == DECIDED}
    for row in _each("review.Decision", told):
        event = told.pop(row.pk)
        said = (event.data.get("review"), event.actor_id, event.data.get("verdict"), event.data.get("digest"))
        if said != (row.review_id, row.user_id, row.verdict, row.digest):
            yield _fault(event, row, "person, verdict or digest are not those that the event tells of")
    yield from _missing(told)


def _releases(events: Sequence[Event]) -> Iterator[Fault]:
    told = {event.object_id: event for event in events if event.action == RELEASED}
    for row in _each("review.Release", told):
        event = told.pop(row.pk)
        documents = list(row.documents.all())
        broken = next((document for document in documents if not _is_whole(document)), None)
        if broken is not None:
            yield _fault(event, broken, "the document is not the one that was released")
        elif not manifest(documents) == row.manifest_sha256 == event.after_sha256:
            yield _fault(event, row, "the documents are not those that were released")
        elif any(getattr(row, column) != event.data.get(key) for column, key in SAID_OF_A_RELEASE.items()):
            yield _fault(event, row, "review, digest or approvals are not those that the event tells of")
    yield from _missing(told)


def _is_whole(document: HandedOut) -> bool:
    return (
        _sha256(document.text) == document.sha256
        and _sha256(document.entry) == document.entry_sha256
        and document.entry == entry(document)
    )


def _wrong_export(team_id: int) -> Fault | None:
    last = _rows("review.Release").filter(policy=OuterRef("policy")).values("policy").annotate(last=Max("pk"))
    columns = ("team_id", "policy_id", "account", "region", "name", "ram_name")
    differs = Q()
    for column in columns:
        differs |= ~Q(**{column: F(f"document__{column}")})
    current = _rows("review.Current").filter(team_id=team_id).annotate(last=Subquery(last.values("last")))
    row = current.filter(differs | ~Q(document__release_id=F("last"))).order_by("pk").first()
    if row is not None:
        return _fault(None, row, "what is exported is not from the last release of the policy")
    documents = (
        _rows("review.ReleasedDocument").filter(team_id=team_id).annotate(last=Subquery(last.values("last")))
    )
    absent = documents.filter(release_id=F("last"), current=None).order_by("pk").first()
    return None if absent is None else _fault(None, absent, "released, and not exported")


def _rows(label: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(label)._default_manager.all()
    return rows


def _each(label: str, told: dict[int, Event]) -> Iterator[Any]:
    return _rows(label).filter(pk__in=list(told)).iterator(chunk_size=FEW)


def _missing(told: dict[int, Event]) -> Iterator[Fault]:
    for event in told.values():
        yield Fault(event.sequence, event.object_type, event.object_id, "what the event tells of is gone")


def _fault(event: Event | None, row: Model, reason: str) -> Fault:
    return Fault(event.sequence if event else None, str(row._meta.model_name), row.pk, reason)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
