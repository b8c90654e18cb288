"""Accepts or refuses a waiver, by four eyes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.policies.authors import authors_of
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.refusals import OwnWaiver, WaiverDecided, WaiverExpired
from policystudio.waivers.services.end_waiver import mark_ended
from policystudio.waivers.services.locking import facts, locked_waiver
from policystudio.waivers.weighing import today

MAX_REMARK = 2000


@transaction.atomic
def accept_waiver(*, by: Viewer, waiver: Waiver, remark: str = "") -> Waiver:
    """The waiver, in force from now on; an accepted one for the same finding ends.

    Decision: it stays in force when whoever accepted it changes role or writes a revision later; two people agreed, and
    any author can end it.
    Raises: NotAllowed when the role may not review; OwnWaiver; NotFound; WaiverDecided; WaiverExpired; InvalidInput.
    """
    waiver = _undecided(by, waiver, remark)
    replaced = Waiver.objects.filter(
        policy_id=waiver.policy_id, fingerprint=waiver.fingerprint, state=Waiver.Stored.ACCEPTED
    ).first()
    if replaced is not None:
        mark_ended(by, replaced)
    _decide(by, waiver, Waiver.Stored.ACCEPTED, remark)
    data = {**facts(waiver), "remark": remark, "replaces": replaced.pk if replaced else None}
    record(by, "waiver.accepted", on=waiver, data=data)
    return waiver


@transaction.atomic
def refuse_waiver(*, by: Viewer, waiver: Waiver, remark: str = "") -> Waiver:
    """The waiver, refused for good; another may be asked for. Raises: as `accept_waiver`."""
    waiver = _undecided(by, waiver, remark)
    _decide(by, waiver, Waiver.Stored.REFUSED, remark)
    record(by, "waiver.refused", on=waiver, data={**facts(waiver), "remark": remark})
    return waiver


def _undecided(by: Viewer, waiver: Waiver, remark: str) -> Waiver:
    """The waiver under its lock, if the viewer may decide on it now."""
    require(by, Act.REVIEW)
    refuse(text_problems(remark, "/remark", max_characters=MAX_REMARK))
    waiver = locked_waiver(by, waiver)
    reason = why_not_decide(by, waiver, authors_of(waiver.policy))
    if reason:
        raise OwnWaiver(reason, advice="somebody else with the role reviewer or admin has to decide")
    state = waiver.state_on(today())
    if state is State.EXPIRED:
        raise WaiverExpired(f"the waiver was asked for until {waiver.until.isoformat()}, which has passed")
    if state is not State.REQUESTED:
        raise WaiverDecided(f"the waiver is {state}")
    return waiver


def why_not_decide(by: Viewer, waiver: Waiver, authors: set[int] | frozenset[int]) -> str:
    """Why a reviewer may not decide on a waiver, or the empty text; `authors` are those of its policy."""
    if waiver.requested_by_id == by.actor_id:
        return "you asked for this waiver"
    if by.actor_id in authors:
        return "you wrote a revision of this policy since its last release, or changed its targets, name or region mode"
    return ""


def _decide(by: Viewer, waiver: Waiver, state: str, remark: str) -> None:
    waiver.state, waiver.remark = state, remark
    waiver.decided_by_id, waiver.decided_by_name = by.actor_id, by.actor_name
    waiver.decided_at = timezone.now()
    waiver.save(update_fields=["state", "remark", "decided_by", "decided_by_name", "decided_at"])
