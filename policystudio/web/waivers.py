"""Waivers as pages show them: how each stands, and what the viewer may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policystudio.policies.authors import work_on
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.services.decide_waiver import why_not_decide
from policystudio.waivers.usage import unused_now
from policystudio.waivers.weighing import today
from policystudio.web.words import said


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """One waiver. `why_not` says why the viewer may not decide on it, and is empty where they may.

    `is_unused`: it is in force, and no finding needs it any more.
    """

    waiver: Waiver
    state: State
    is_unused: bool
    why_not: str
    may_end: bool

    @property
    def is_undecided(self) -> bool:
        return self.state is State.REQUESTED

    @property
    def is_alarming(self) -> bool:
        """Whether somebody should look after it: nothing needs it, or it is over and the finding counts again."""
        return self.is_unused or self.state is State.EXPIRED


def waiver_lines(viewer: Viewer, waivers: Iterable[Waiver]) -> list[WaiverLine]:
    """The waivers, whose policies are read already, with the same few queries for any number of them."""
    rows, day = list(waivers), today()
    works = work_on({waiver.policy_id: waiver.policy for waiver in rows})
    unused = unused_now(rows)
    return [
        WaiverLine(
            waiver=waiver,
            state=waiver.state_on(day),
            is_unused=waiver.pk in unused,
            why_not=why_not(viewer, waiver, works[waiver.policy_id].authors),
            may_end=viewer.may(Act.WRITE)
            and waiver.state in (Waiver.Stored.REQUESTED, Waiver.Stored.ACCEPTED),
        )
        for waiver in rows
    ]


def why_not(viewer: Viewer, waiver: Waiver, authors: set[int]) -> str:
    """The reason why the viewer may not decide on a waiver that waits for a decision, in their language."""
    if not viewer.may(Act.REVIEW):
        return _("Deciding needs the role reviewer or admin, and yours is %(role)s.") % {
            "role": said(viewer.role)
        }
    reason = why_not_decide(viewer, waiver, authors)
    if not reason:
        return ""
    if waiver.requested_by_id == viewer.actor_id:
        return _("You asked for it, so somebody else has to decide.")
    return _(
        "You are an author of what this policy has become since its last release, so somebody else has to decide."
    )
