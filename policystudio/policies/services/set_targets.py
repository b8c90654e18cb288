"""Replaces the list of targets of a policy."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.policies.models import Policy
from policystudio.policies.services.locking import locked_policy
from policystudio.policies.services.naming import name_problems
from policystudio.policies.services.targeting import TargetsSent, known_accounts, read_targets, write_targets
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def set_targets(
    *, by: Viewer, policy: Policy, targets: TargetsSent, expected_version: int | None = None
) -> Policy:
    """The policy with exactly `targets`; a change makes approvals of a review under way stale, and `by` an author
    in it.

    Raises: NotAllowed; NotFound; Stale; InvalidInput at /targets/….
    """
    require(by, Act.WRITE)
    wanted = read_targets(targets)
    policy = locked_policy(by, policy.pk)
    refuse_stale(expected_version, policy.version, "policy")
    accounts = known_accounts(by, wanted)
    refuse(name_problems(policy.name, policy.region_mode, wanted))
    added, removed = write_targets(policy, wanted, accounts)
    if not added and not removed:
        return policy
    policy.shaped_by(by.actor_id)
    policy.version += 1
    policy.updated_at = timezone.now()
    policy.save(update_fields=["shapers", "version", "updated_at"])
    data = {"added": [list(target) for target in added], "removed": [list(target) for target in removed]}
    record(by, "policy.retargeted", on=policy, data=data)
    return policy
