"""The course of a review: its steps for the column at the side, and everything that happened, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from policystudio.review.models import Release, Review, Verdict
from policystudio.review.standing import Standing, State
from policystudio.standards.lightened import Lightened, lightened
from policystudio.web.proposal.change import Proposal


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history; `href` leads to what it speaks of, or is empty."""

    at: datetime
    by: str
    text: str
    icon: str
    href: str = ""


def steps(review: Review, stands: Standing, release: Release | None) -> list[dict[str, Any]]:
    """Proposed, approved, released, as `components/steps.html` takes them."""
    approvals = _("%(n)d of %(required)d approvals") % {
        "n": stands.approvals,
        "required": stands.required_approvals,
    }
    found: list[dict[str, Any]] = [
        {
            "name": _("Proposed"),
            "standing": "done",
            "at": review.created_at,
            "by": review.author_name,
            "fact": "",
        }
    ]
    if stands.state is State.WITHDRAWN:
        return [*found, {"name": _("Withdrawn"), "standing": "stopped", "at": review.finished_at}]
    is_approved = stands.state in (State.APPROVED, State.RELEASED)
    if stands.state is State.CHANGES_REQUESTED:
        found.append({"name": _("Changes requested"), "standing": "stopped", "fact": approvals})
    else:
        found.append({"name": _("Approved"), "standing": "done" if is_approved else "now", "fact": approvals})
    last: dict[str, Any] = {"name": _("Released"), "standing": "now" if is_approved else "later"}
    if release:
        last = {**last, "standing": "done", "at": release.released_at, "by": release.released_by_name}
    return [*found, last]


def happenings(
    review: Review,
    stands: Standing,
    what: Proposal,
    release: Release | None,
    base: str,
    lighter: Iterable[Lightened],
) -> list[Happening]:
    """Revisions since the last release, the proposal, decisions, what is taken more lightly and the end, oldest first.

    `base`: address of the policy's revisions.
    """
    first = what.before.number if what.before else 0
    found = [
        Happening(
            revision.created_at,
            revision.author_name,
            _("saved revision %(n)d") % {"n": revision.number}
            + (f": {revision.message}" if revision.message else ""),
            "edit",
            f"{base}{revision.number}/",
        )
        for revision in what.history.values()
        if first < revision.number <= what.revision.number
    ]
    found.append(Happening(review.created_at, review.author_name, _("proposed it for review"), "review"))
    for weighed in stands.decisions:
        is_approval = weighed.decision.verdict == Verdict.APPROVE
        words = _("approved revision %(n)d") if is_approval else _("requested changes to revision %(n)d")
        found.append(
            Happening(
                weighed.decision.created_at,
                weighed.decision.user_name,
                words % {"n": weighed.decision.revision_number},
                "check" if is_approval else "warning",
                f"#decision-{weighed.decision.pk}",
            )
        )
    found += [_severity_changed(each) for each in lighter]
    if release:
        found.append(Happening(release.released_at, release.released_by_name, _("released it"), "success"))
    elif review.finished_at:
        found.append(Happening(review.finished_at, "", _("It was withdrawn"), "close"))
    return sorted(found, key=lambda each: each.at)


def _severity_changed(each: Lightened) -> Happening:
    text = _("reset the severity of %(code)s after an approval") % {"code": each.code}
    if each.reason:
        text = _("changed the severity of %(code)s after an approval: %(reason)s") % {
            "code": each.code,
            "reason": each.reason,
        }
    return Happening(each.at, each.by, text, "warning", reverse("severity", args=[each.code]))


def lightened_since_approval(review: Review, stands: Standing, what: Proposal) -> tuple[Lightened, ...]:
    """What the first approval that counts saw graver than it is now; nothing once the review is over."""
    approved = [each.decision.created_at for each in stands.decisions if each.counts]
    if review.is_finished or not approved:
        return ()
    return lightened(review.policy.team_id, what.result.validation, min(approved))
