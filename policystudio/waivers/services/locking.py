"""Fetches a waiver under its lock, after the policy's, as all services do: policy, accounts, review, waiver, head."""

from __future__ import annotations

from typing import Any

from policystudio.errors import NotFound
from policystudio.policies.services.locking import locked_policy
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import Waiver


def locked_waiver(by: Viewer, waiver: Waiver) -> Waiver:
    """The waiver as stored now, with its policy, both locked. Raises: NotFound for another team's."""
    policy = locked_policy(by, waiver.policy_id)
    found = Waiver.objects.select_for_update().filter(pk=waiver.pk, policy_id=policy.pk).first()
    if found is None:
        raise NotFound("there is no such waiver")
    found.policy = policy
    return found


def facts(waiver: Waiver) -> dict[str, Any]:
    """What the trail keeps of a waiver: all that was asked for."""
    return {
        "policy": waiver.policy_id,
        "code": waiver.code,
        "fingerprint": waiver.fingerprint,
        "path": waiver.path,
        "revision": waiver.revision_number,
        "reason": waiver.reason,
        "until": waiver.until.isoformat(),
    }
