"""Ends a waiver, or takes back one that was asked for; the finding is open again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import Waiver
from policystudio.waivers.refusals import WaiverDecided
from policystudio.waivers.services.locking import facts, locked_waiver


@transaction.atomic
def end_waiver(*, by: Viewer, waiver: Waiver) -> Waiver:
    """The waiver, ended. Decision: every author of the team may, since it only makes the judgement stricter.

    Raises: NotAllowed; NotFound; WaiverDecided when it was refused or has ended.
    """
    require(by, Act.WRITE)
    waiver = locked_waiver(by, waiver)
    if waiver.state not in (Waiver.Stored.REQUESTED, Waiver.Stored.ACCEPTED):
        raise WaiverDecided(f"the waiver is {waiver.state}")
    mark_ended(by, waiver)
    return waiver


def mark_ended(by: Viewer, waiver: Waiver) -> None:
    """End a waiver whose policy is locked, and say so in the trail."""
    was = waiver.state
    waiver.state = Waiver.Stored.ENDED
    waiver.ended_by_id, waiver.ended_by_name, waiver.ended_at = by.actor_id, by.actor_name, timezone.now()
    waiver.save(update_fields=["state", "ended_by", "ended_by_name", "ended_at"])
    record(by, "waiver.ended", on=waiver, data={**facts(waiver), "was": str(was)})
