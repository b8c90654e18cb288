"""Reads what a policy exports now, and the release that it comes from, for the pages."""

from __future__ import annotations

from django.db.models import QuerySet

from policystudio.errors import NotFound
from policystudio.ram.canonical import sha256
from policystudio.ram.render import Target
from policystudio.review.exporting import refuse_broken
from policystudio.review.models import Current, Release, ReleasedDocument, Review
from policystudio.teams.viewer import Viewer


def documents_of(viewer: Viewer, policy_id: int) -> QuerySet[ReleasedDocument]:
    """The documents that are exported now for a policy, by account and region; none of another team."""
    found = ReleasedDocument.objects.filter(
        policy_id=policy_id, team_id=viewer.team_id, current__isnull=False
    )
    return found.order_by("account", "region")


def documents_at(viewer: Viewer, target: Target) -> QuerySet[ReleasedDocument]:
    """The team's documents that are exported now for one account and region, each with its policy, by name."""
    found = ReleasedDocument.objects.filter(
        team_id=viewer.team_id,
        account=target.account,
        region=target.region,
        current__isnull=False,
        policy__deleted_at=None,
    )
    return found.select_related("policy").order_by("policy__name", "pk")


def released_text(viewer: Viewer, policy_id: int, account: str, region: str) -> str:
    """The document that is exported now for a policy's target, its hash checked as on export.

    Raises: NotFound, also for a policy of another team; IntegrityBroken.
    """
    found = documents_of(viewer, policy_id).filter(account=account, region=region).first()
    if found is None:
        raise NotFound("no released document of such a policy is stored for this account and region")
    if sha256(found.text) != found.sha256:
        refuse_broken(viewer, found.pk)
    return found.text


def last_release(viewer: Viewer, policy_id: int) -> Release | None:
    """The newest release of a policy, with its revision; None when there was none, or it is of another team."""
    found = Release.objects.filter(policy_id=policy_id, policy__team_id=viewer.team_id).select_related(
        "revision"
    )
    return found.order_by("-released_at", "-pk").first()


def release_before(viewer: Viewer, review: Review) -> Release | None:
    """What was released when the review began to matter: for an open one the present release, else the one before."""
    found = Release.objects.filter(policy_id=review.policy_id, policy__team_id=viewer.team_id)
    found = found.exclude(review_id=review.pk).select_related("revision")
    if review.finished_at is not None:
        found = found.filter(released_at__lt=review.finished_at)
    return found.order_by("-released_at", "-pk").first()


def release_of(viewer: Viewer, review: Review) -> Release | None:
    """The release that a review led to, or None."""
    found = Release.objects.filter(review_id=review.pk, policy__team_id=viewer.team_id)
    return found.select_related("revision").first()


def targets_of_release(release: Release) -> list[tuple[Target, str]]:
    """Where a release went and the names of its RAM policies, by account and region; fetched for a viewer already."""
    rows = release.documents.order_by("account", "region").values_list("account", "region", "ram_name")
    return [(Target(account, region), name) for account, region, name in rows]


def releases_now(viewer: Viewer) -> QuerySet[Release]:
    """The releases that are exported now, one for each released policy, by its name."""
    exported = Current.objects.filter(team_id=viewer.team_id).values("document__release")
    found = Release.objects.filter(pk__in=exported, policy__team_id=viewer.team_id)
    return found.select_related("revision", "review", "policy").order_by("policy__name", "pk")
