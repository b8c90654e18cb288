"""Reads what a policy exports now, and the release that it comes from, for the pages."""

from __future__ import annotations

from django.db.models import QuerySet

from policystudio.review.models import Release, ReleasedDocument
from policystudio.teams.viewer import Viewer


def documents_of(viewer: Viewer, policy_id: int) -> QuerySet[ReleasedDocument]:
    """The documents that are exported now for a policy, by account and region; none of another team."""
    found = ReleasedDocument.objects.filter(
        policy_id=policy_id, team_id=viewer.team_id, current__isnull=False
    )
    return found.order_by("account", "region")


def last_release(viewer: Viewer, policy_id: int) -> Release | None:
    """The newest release of a policy, with its revision; None when there was none, or it is of another team."""
    found = Release.objects.filter(policy_id=policy_id, policy__team_id=viewer.team_id).select_related(
        "revision"
    )
    return found.order_by("-released_at", "-pk").first()
