"""Removes a case; the trail keeps what it asked and expected, and the next review tells that it is gone."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.cases.models import Case
from policystudio.cases.services.add_case import act_on, facts
from policystudio.cases.services.locking import lock_cases
from policystudio.errors import NotFound
from policystudio.teams.permissions import require
from policystudio.teams.texts import refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def remove_case(*, by: Viewer, case: Case, expected_version: int | None = None) -> None:
    """Raises: NotAllowed; NotFound; Stale."""
    require(by, act_on(case.policy_id))
    lock_cases(by)
    stored = Case.objects.select_for_update().filter(pk=case.pk, team_id=by.team_id, removed_at=None).first()
    if stored is None:
        raise NotFound("there is no such case")
    refuse_stale(expected_version, stored.version, "case")
    record(by, "case.removed", on=stored, data=facts(stored))
    stored.removed_at, stored.removed_by_name = timezone.now(), by.actor_name
    stored.save(update_fields=["removed_at", "removed_by_name"])
