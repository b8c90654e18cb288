"""Fetches a policy's row under its lock, the first lock of every service that changes a policy or its review.

The order that keeps two services from waiting for each other: policy, accounts by primary key, review, audit head.
On SQLite the transaction is immediate and holds the one lock there is.
"""

from __future__ import annotations

from policystudio.errors import NotFound
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer


def locked_policy(by: Viewer, policy_id: int) -> Policy:
    """The policy as stored now. Raises: NotFound when it was deleted meanwhile or belongs to another team."""
    found = (
        Policy.objects.select_for_update().filter(pk=policy_id, team_id=by.team_id, deleted_at=None).first()
    )
    if found is None:
        raise NotFound("there is no such policy")
    return found
