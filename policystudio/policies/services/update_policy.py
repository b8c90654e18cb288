"""Changes a policy's name, description or region mode."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.policies.models import Policy
from policystudio.policies.selectors import targets_of
from policystudio.policies.services.create_policy import MAX_DESCRIPTION
from policystudio.policies.services.locking import locked_policy
from policystudio.policies.services.naming import NameTaken, name_problems, refuse_taken
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, refuse_stale, text_problems
from policystudio.teams.viewer import Viewer

UNSET: Any = object()


@transaction.atomic
def update_policy(
    *,
    by: Viewer,
    policy: Policy,
    expected_version: int | None = None,
    name: str = UNSET,
    description: str = UNSET,
    region_mode: str = UNSET,
) -> Policy:
    """Only what is given changes. Name and region mode are part of what an approval is bound to, and whoever
    changes them is an author in the review.

    Raises: NotAllowed; NotFound; Stale; InvalidInput; NameTaken.
    """
    require(by, Act.WRITE)
    policy = locked_policy(by, policy.pk)
    refuse_stale(expected_version, policy.version, "policy")
    before = {"name": policy.name, "description": policy.description, "region_mode": policy.region_mode}
    given = {"name": name, "description": description, "region_mode": region_mode}
    after = {**before, **{field: value for field, value in given.items() if value is not UNSET}}
    problems = list(name_problems(after["name"], after["region_mode"], targets_of(policy)))
    problems += text_problems(after["description"], "/description", max_characters=MAX_DESCRIPTION)
    refuse(problems)
    if after == before:
        return policy
    refuse_taken(by.team_id, after["name"], but=policy)
    for field, value in after.items():
        setattr(policy, field, value)
    if any(after[field] != before[field] for field in ("name", "region_mode")):
        policy.shaped_by(by.actor_id)
    policy.version += 1
    policy.updated_at = timezone.now()
    try:
        with transaction.atomic():
            policy.save(update_fields=[*after, "shapers", "version", "updated_at"])
    except IntegrityError:
        raise NameTaken(policy.name) from None
    record(by, "policy.updated", on=policy, data={"before": before, "after": after})
    return policy
