"""Grants or refuses an exception, by a second person who is an admin; ends one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.guardrails.blocking import seen_sha256, subject_of
from policystudio.guardrails.models import Exemption, ExemptionState
from policystudio.guardrails.refusals import ExemptionDecided, MovedOn, OwnExemption
from policystudio.guardrails.selectors import environments_of, exemptions
from policystudio.guardrails.services.locking import facts, locked_exemption
from policystudio.policies.authors import authors_of, work_on
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer

MAX_REMARK = 2000


@transaction.atomic
def grant_exemption(*, by: Viewer, exemption: Exemption, remark: str = "") -> Exemption:
    """The exception, in effect from now on; one that was granted before ends.

    Raises: NotAllowed when the role is not admin; OwnExemption; NotFound; ExemptionDecided, also when its last day has
    passed; MovedOn when policy or guardrail are no longer what it speaks of; InvalidInput.
    """
    exemption = _undecided(by, exemption, remark)
    refuse_moved_on(exemption)
    before = Exemption.objects.filter(
        guardrail_id=exemption.guardrail_id,
        policy_id=exemption.policy_id,
        state=Exemption.Stored.GRANTED,
    ).select_related("guardrail", "policy")
    for granted in before:
        mark_ended(by, granted)
    _decide(by, exemption, Exemption.Stored.GRANTED, remark)
    record(by, "guardrail_exception.granted", on=exemption, data={**facts(exemption), "remark": remark})
    return exemption


@transaction.atomic
def refuse_exemption(*, by: Viewer, exemption: Exemption, remark: str = "") -> Exemption:
    """The exception, refused for good; another may be asked for. Raises: as `grant_exemption`, but for MovedOn."""
    exemption = _undecided(by, exemption, remark)
    _decide(by, exemption, Exemption.Stored.REFUSED, remark)
    record(by, "guardrail_exception.refused", on=exemption, data={**facts(exemption), "remark": remark})
    return exemption


@transaction.atomic
def end_exemption(*, by: Viewer, exemption: Exemption) -> Exemption:
    """The exception, ended or taken back. Every author may, since it only makes the judgement stricter.

    Raises: NotAllowed; NotFound; ExemptionDecided when it was refused or has ended.
    """
    require(by, Act.WRITE)
    exemption = locked_exemption(by, exemption)
    if exemption.state not in (Exemption.Stored.REQUESTED, Exemption.Stored.GRANTED):
        raise ExemptionDecided(f"the exception is {exemption.state}")
    mark_ended(by, exemption)
    return exemption


def why_not_decide(by: Viewer, exemption: Exemption, authors: set[int] | frozenset[int]) -> str:
    """Why an admin may not decide on an exception, or the empty text; `authors` are those of its policy."""
    if exemption.requested_by_id == by.actor_id:
        return "you asked for this exception"
    if by.actor_id in authors:
        return "you wrote a revision of this policy since its last release, or changed its targets, name or region mode"
    return ""


def exemptions_to_decide(viewer: Viewer) -> list[Exemption]:
    """The exceptions that wait for the viewer, oldest first; none for whoever is no admin, and of those only theirs.

    No query for whoever is no admin, one where none waits.
    """
    if not viewer.may(Act.MANAGE_GUARDRAILS):
        return []
    waiting = list(
        exemptions(viewer)
        .filter(state=Exemption.Stored.REQUESTED, until__gte=timezone.localdate())
        .order_by("requested_at", "pk")
    )
    authors = work_on({each.policy_id: each.policy for each in waiting}) if waiting else {}
    return [each for each in waiting if not why_not_decide(viewer, each, authors[each.policy_id].authors)]


def has_moved_on(exemption: Exemption) -> bool:
    """Whether policy or guardrail are no longer those that the exception speaks of, so that it covers nothing."""
    policy, definition = exemption.policy, exemption.guardrail.enforced
    if definition is None or definition.sha256 != exemption.rule_sha256:
        return True
    subject = subject_of(policy, newest_revision(policy).source, targets_of(policy))
    return seen_sha256(subject, environments_of(policy.team_id)) != exemption.seen_sha256


def refuse_moved_on(exemption: Exemption) -> None:
    """Raises: MovedOn."""
    if has_moved_on(exemption):
        raise MovedOn(
            "the policy, its targets, their accounts or the guardrail have changed since the exception was asked for",
            advice="ask for another one",
        )


def mark_ended(by: Viewer, exemption: Exemption) -> None:
    """End an exception whose policy is locked, and say so in the trail."""
    was = exemption.state
    exemption.state = Exemption.Stored.ENDED
    exemption.ended_by_id, exemption.ended_by_name = by.actor_id, by.actor_name
    exemption.ended_at = timezone.now()
    exemption.save(update_fields=["state", "ended_by", "ended_by_name", "ended_at"])
    record(by, "guardrail_exception.ended", on=exemption, data={**facts(exemption), "was": str(was)})


def _undecided(by: Viewer, exemption: Exemption, remark: str) -> Exemption:
    """The exception under its lock, if the viewer may decide on it now."""
    require(by, Act.MANAGE_GUARDRAILS)
    refuse(text_problems(remark, "/remark", max_characters=MAX_REMARK))
    exemption = locked_exemption(by, exemption)
    reason = why_not_decide(by, exemption, authors_of(exemption.policy))
    if reason:
        raise OwnExemption(reason, advice="another admin has to decide")
    state = exemption.state_on(timezone.localdate())
    if state is not ExemptionState.REQUESTED:
        raise ExemptionDecided(f"the exception is {state}")
    return exemption


def _decide(by: Viewer, exemption: Exemption, state: str, remark: str) -> None:
    exemption.state, exemption.remark = state, remark
    exemption.decided_by_id, exemption.decided_by_name = by.actor_id, by.actor_name
    exemption.decided_at = timezone.now()
    exemption.save(update_fields=["state", "remark", "decided_by", "decided_by_name", "decided_at"])
