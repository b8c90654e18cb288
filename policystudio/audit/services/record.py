"""Appends one event to a team's trail, in the transaction of the change that it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from django.db import connection, models, transaction
from django.utils import timezone

from policystudio.audit.actor import Actor
from policystudio.audit.chain import data_text, event_hash
from policystudio.audit.models import Event, Head

log = structlog.get_logger("policystudio.audit")


def record(
    by: Actor,
    action: str,
    *,
    on: models.Model,
    data: Mapping[str, Any] | None = None,
    before: str = "",
    after: str = "",
) -> Event:
    """Write the event and move the head on; `on` is named by its model, primary key and text.

    `before` and `after` are SHA-256 of what was changed, where it is a text. The head's row is locked until the
    transaction ends, so it is always the last lock that a service takes: policy, accounts, review, head.
    The new head goes to the log when the transaction is through, because a chain cannot show a cut-off tail.
    """
    assert connection.in_atomic_block, "an event belongs to the transaction of its change"
    head = _locked_head(by.team_id)
    event = Event(
        team_id=by.team_id,
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor_id=by.actor_id,
        actor_name=by.actor_name,
        token_id=by.token_id,
        address=by.address,
        action=action,
        object_type=str(on._meta.model_name),
        object_id=on.pk,
        object_name=str(on)[:256],
        data=dict(data or {}),
        before_sha256=before,
        after_sha256=after,
        previous_hash=head.hash,
    )
    data_text(event.data)
    event.hash = event_hash(event)
    event.save(force_insert=True)
    Head.objects.filter(team_id=by.team_id).update(sequence=event.sequence, hash=event.hash)
    transaction.on_commit(
        lambda: log.info(
            "audit_head", team_id=event.team_id, sequence=event.sequence, hash=event.hash, action=action
        )
    )
    return event


def _locked_head(team_id: int) -> Head:
    head = Head.objects.select_for_update().filter(team_id=team_id).first()
    if head is None:
        Head.objects.get_or_create(team_id=team_id)
        head = Head.objects.select_for_update().get(team_id=team_id)
    return head
