"""Answers a request with an `Idempotency-Key` once, and repeats that answer for 24 hours.

What a key and an answer look like in HTTP is left to the API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.errors import Conflict
from policystudio.teams.models import IdempotentAnswer
from policystudio.teams.viewer import Viewer

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    is_repeated: bool = False


class KeyReused(Conflict):
    """The same key came with another request."""

    code = "idempotency-key-reused"


@transaction.atomic
def answer_once(
    *, by: Viewer, key: str, route: str, body_sha256: str, answer: Callable[[], Answer]
) -> Answer:
    """The stored answer for `key`, or that of `answer()`, stored in the same transaction as what it did.

    When `answer` raises, nothing is stored and the key is free again. A second request that comes while the first is
    under way waits for it. Raises: KeyReused when route or body differ.
    """
    now = timezone.now()
    IdempotentAnswer.objects.filter(user_id=by.actor_id, created_at__lt=now - KEPT).delete()
    claim = IdempotentAnswer(
        user_id=by.actor_id, key=key, route=route, body_sha256=body_sha256, status=0, created_at=now
    )
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        return _repeated(IdempotentAnswer.objects.get(user_id=by.actor_id, key=key), route, body_sha256)
    given = answer()
    claim.status, claim.body, claim.headers = given.status, given.body, dict(given.headers)
    claim.save(update_fields=["status", "body", "headers"])
    return given


def _repeated(stored: IdempotentAnswer, route: str, body_sha256: str) -> Answer:
    if stored.route != route or stored.body_sha256 != body_sha256:
        raise KeyReused(
            "this idempotency key was used for another request", advice="use a new key for a new request"
        )
    return Answer(stored.status, stored.body, stored.headers, is_repeated=True)
