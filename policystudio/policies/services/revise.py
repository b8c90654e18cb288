"""Adds a revision to a policy; rolling back is a new revision with an old source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from policystudio.policies.models import Policy, Revision
from policystudio.policies.services.locking import locked_policy
from policystudio.policies.services.writing import add_revision, message_problems, written
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def revise(
    *,
    by: Viewer,
    policy: Policy,
    source: str | None = None,
    builder: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    message: str = "",
    reasons: Mapping[str, str] | None = None,
    expected_version: int | None = None,
) -> Revision:
    """The new revision; a review under way speaks of it from now on, and approvals of another text are stale.

    Decision: the same source again is accepted, as it may carry new reasons; its author counts as an author in the
    review. Raises: NotAllowed; NotFound; Stale; InvalidInput, see `writing.written`.
    """
    require(by, Act.WRITE)
    refuse(message_problems(message, reasons or {}))
    text = written(source, builder, parameters)
    policy = locked_policy(by, policy.pk)
    refuse_stale(expected_version, policy.version, "policy")
    revision = add_revision(by, policy, text, message, reasons or {})
    policy.version += 1
    policy.updated_at = timezone.now()
    policy.save(update_fields=["newest_number", "version", "updated_at"])
    return revision
