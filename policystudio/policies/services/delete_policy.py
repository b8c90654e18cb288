"""Takes a policy out of sight and frees its name; its revisions stay for the record."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import Conflict
from policystudio.policies.models import Policy
from policystudio.policies.services.locking import locked_policy
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def delete_policy(*, by: Viewer, policy: Policy, expected_version: int | None = None) -> None:
    """Raises: NotAllowed; NotFound; Stale; Conflict when it is released or in an unfinished review."""
    require(by, Act.WRITE)
    policy = locked_policy(by, policy.pk)
    refuse_stale(expected_version, policy.version, "policy")
    if policy.is_under_review:
        raise Conflict("the policy is in an unfinished review", advice="withdraw the review first")
    if policy.released_number is not None:
        raise Conflict(
            "the policy is released, and pipelines may fetch it",
            advice="release a revision that grants less; a released policy is never deleted",
        )
    policy.deleted_at = policy.updated_at = timezone.now()
    policy.version += 1
    policy.save(update_fields=["deleted_at", "updated_at", "version"])
    record(by, "policy.deleted", on=policy)
