"""Fetches a guardrail under its lock, after the team's register; an exception after its policy.

The order in which everything here locks: policy, accounts, review, register, guardrail or exception, audit head.
"""

from __future__ import annotations

from typing import Any

from policystudio.errors import NotFound
from policystudio.guardrails.blocking import lock_register
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.policies.services.locking import locked_policy
from policystudio.teams.viewer import Viewer


def locked_guardrail(by: Viewer, guardrail: Guardrail) -> Guardrail:
    """The guardrail as stored now, with the register of its team locked. Raises: NotFound for another team's."""
    lock_register(by.team_id)
    found = (
        Guardrail.objects.select_for_update()
        .filter(pk=guardrail.pk, team_id=by.team_id, deleted_at=None)
        .first()
    )
    if found is None:
        raise NotFound("there is no such guardrail")
    return found


def locked_exemption(by: Viewer, exemption: Exemption) -> Exemption:
    """The exception as stored now, with its policy, both locked. Raises: NotFound for another team's."""
    policy = locked_policy(by, exemption.policy_id)
    lock_register(by.team_id)
    found = (
        Exemption.objects.select_for_update(of=("self",))
        .select_related("guardrail")
        .filter(pk=exemption.pk, policy_id=policy.pk)
        .first()
    )
    if found is None:
        raise NotFound("there is no such exception")
    found.policy = policy
    return found


def facts(exemption: Exemption) -> dict[str, Any]:
    """What the trail keeps of an exception: all that was asked for."""
    return {
        "guardrail": exemption.guardrail_id,
        "policy": exemption.policy_id,
        "revision": exemption.revision_number,
        "reason": exemption.reason,
        "until": exemption.until.isoformat(),
    }
