"""Reads waivers for whoever may see them, and says which of them nothing uses any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from policystudio.errors import NotFound
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.usage import unused_among
from policystudio.waivers.weighing import Judged, judged, today

UNUSED = "unused"
"""Accepted, not expired, and there is no finding for it; not a state, but something to look for."""


MAX_PAST = 20


@dataclass(frozen=True, slots=True)
class WaiverFilters:
    """What a list is narrowed to; None is no limit. `state` is one of `State`, or `unused`."""

    state: str | None = None
    policy_id: int | None = None


def waivers(viewer: Viewer, filters: WaiverFilters = WaiverFilters()) -> QuerySet[Waiver]:
    """The waivers of the team's policies, deleted ones left out, newest first."""
    found = Waiver.objects.filter(policy__team_id=viewer.team_id, policy__deleted_at=None).select_related(
        "policy"
    )
    if filters.policy_id is not None:
        found = found.filter(policy_id=filters.policy_id)
    if filters.state == UNUSED:
        in_force = list(found.filter(in_state(State.ACCEPTED)))
        found = found.filter(pk__in=unused_among(in_force))
    elif filters.state is not None:
        found = found.filter(in_state(filters.state))
    return found.order_by("-pk")


def in_state(state: str) -> Q:
    """The waivers that stand so today; none for a state that there is not."""
    live = [Waiver.Stored.REQUESTED, Waiver.Stored.ACCEPTED]
    if state == State.EXPIRED:
        return Q(state__in=live, until__lt=today())
    if state in live:
        return Q(state=state, until__gte=today())
    return Q(state=state)


def waiver_get(viewer: Viewer, waiver_id: int) -> Waiver:
    """Raises: NotFound, also for a waiver of another team or of a deleted policy."""
    waiver = waivers(viewer).filter(pk=waiver_id).first()
    if waiver is None:
        raise NotFound("there is no such waiver")
    return waiver


def waivers_shown(viewer: Viewer, policy: Policy) -> list[Waiver]:
    """Those of a policy that are asked for or accepted, then the last few that are over; newest first each."""
    of_policy = waivers(viewer, WaiverFilters(policy_id=policy.pk))
    live = [Waiver.Stored.REQUESTED, Waiver.Stored.ACCEPTED]
    return [*of_policy.filter(state__in=live), *of_policy.exclude(state__in=live)[:MAX_PAST]]


def waivers_for(policy: Policy) -> list[Waiver]:
    """What bears on the findings of a policy that was fetched for a viewer already: requested and accepted ones."""
    return waivers_by_policy([policy.pk])[policy.pk]


def waivers_by_policy(policy_ids: Iterable[int]) -> dict[int, list[Waiver]]:
    """The same for many policies, with one query."""
    found: dict[int, list[Waiver]] = defaultdict(list)
    live = [Waiver.Stored.REQUESTED, Waiver.Stored.ACCEPTED]
    for waiver in Waiver.objects.filter(policy__in=list(policy_ids), state__in=live).order_by("pk"):
        found[waiver.policy_id].append(waiver)
    return found


def findings_of(policy: Policy) -> tuple[Judged, ...]:
    """The findings of the newest revision, each with its waiver; the policy was fetched for a viewer already."""
    return judged(judge(policy, newest_revision(policy), targets_of(policy)), waivers_for(policy))


def undecided(waivers_of_policy: Sequence[Waiver]) -> list[Waiver]:
    """Those that wait for a reviewer."""
    day = today()
    return [waiver for waiver in waivers_of_policy if waiver.state_on(day) is State.REQUESTED]
