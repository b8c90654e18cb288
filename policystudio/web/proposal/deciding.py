"""The decision box: whether somebody may decide, why not, and what has moved on since they looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.policies.models import Policy, Revision
from policystudio.review.models import Decision, Review
from policystudio.review.standing import Standing
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.diff import Diff, compare
from policystudio.web.proposal.change import Proposal
from policystudio.web.words import listed, said

_SALT = "policystudio.web.proposal.deciding"


@dataclass(frozen=True, slots=True)
class Moved:
    """What is proposed now and was not when the person looked: the fields by name, and the text."""

    facts: tuple[tuple[str, str, str], ...]
    """(what, before, now)"""
    diff: Diff | None
    revision: int


def why_not(viewer: Viewer, review: Review, stands: Standing, history: Mapping[int, Revision]) -> str:
    """The reason why the viewer may not decide, or the empty text."""
    if review.is_finished:
        return _("The review is finished.")
    if not viewer.may(Act.REVIEW):
        return _("Deciding needs the role reviewer or admin, and yours is %(role)s.") % {
            "role": said(viewer.role)
        }
    if viewer.actor_id in stands.authors:
        released = review.policy.released_number or 0
        numbers = [
            str(n)
            for n, each in history.items()
            if (n > released or n == stands.revision) and each.author_id == viewer.actor_id
        ]
        if not numbers:
            return _("You changed the targets, the name or the region mode, so somebody else has to decide.")
        return ngettext(
            "You wrote revision %(list)s, so somebody else has to decide.",
            "You wrote the revisions %(list)s, so somebody else has to decide.",
            len(numbers),
        ) % {"list": listed(numbers)}
    return ""


def own_last(viewer: Viewer, stands: Standing) -> tuple[Decision, bool] | None:
    """The viewer's last decision and whether it is stale."""
    own = [each for each in stands.decisions if each.decision.user_id == viewer.actor_id]
    return (own[-1].decision, own[-1].is_stale) if own else None


def seal(policy: Policy, what: Proposal) -> str:
    """What the person sees, to be sent back with the decision."""
    return signing.dumps(_facts(policy, what), salt=_SALT, compress=True)


def moved(sealed: str, policy: Policy, what: Proposal) -> Moved | None:
    """What has changed since `sealed` was made; None when it was not made here, or nothing has."""
    try:
        before: dict[str, Any] = signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return None
    now = _facts(policy, what)
    names = {
        "name": _("Name"),
        "region_mode": _("Region mode"),
        "targets": _("Targets"),
        "revision": _("Revision"),
    }
    facts = [
        (names[key], _words(before.get(key)), _words(now[key]))
        for key in names
        if key in now and before.get(key) != now[key]
    ]
    old = what.history.get(before.get("revision", 0))
    diff = compare(old.source, what.revision.source) if old and old.number != what.revision.number else None
    return Moved(tuple(facts), diff, before.get("revision", 0)) if facts else None


def _facts(policy: Policy, what: Proposal) -> dict[str, Any]:
    return {
        "revision": what.revision.number,
        "name": policy.name,
        "region_mode": policy.region_mode,
        "targets": [f"{target.account} {target.region}" for target in what.target_names],
    }


def _words(value: Any) -> str:
    return listed(value) or _("none") if isinstance(value, list) else str(value)
