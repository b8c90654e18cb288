"""What of the waivers waits for a person: to decide on, for reviewers; to look after, for authors."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.policies.authors import work_on
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.selectors import UNUSED, WaiverFilters, waivers
from policystudio.waivers.services.decide_waiver import why_not_decide


@dataclass(frozen=True, slots=True)
class WaiverInbox:
    """Each oldest first. `unused` do nothing any more, `expired` have passed their last day and were not replaced."""

    to_decide: list[Waiver]
    unused: list[Waiver]
    expired: list[Waiver]


def waiver_inbox(viewer: Viewer, to_decide: list[Waiver]) -> WaiverInbox:
    """What waits for the viewer, with `waivers_to_decide`; nothing for whoever may only look."""
    return WaiverInbox(
        to_decide=to_decide,
        unused=_in(viewer, UNUSED) if viewer.may(Act.WRITE) else [],
        expired=_in(viewer, State.EXPIRED) if viewer.may(Act.WRITE) else [],
    )


def waivers_to_decide(viewer: Viewer) -> list[Waiver]:
    """Those that are asked for and that the viewer may decide on; at most two queries, none for who may not."""
    asked = _in(viewer, State.REQUESTED) if viewer.may(Act.REVIEW) else []
    if not asked:
        return []
    works = work_on({waiver.policy_id: waiver.policy for waiver in asked})
    return [w for w in asked if not why_not_decide(viewer, w, works[w.policy_id].authors)]


def _in(viewer: Viewer, state: str) -> list[Waiver]:
    return list(waivers(viewer, WaiverFilters(state)).order_by("pk"))
