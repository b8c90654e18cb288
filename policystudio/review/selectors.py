"""Reads reviews and comments for whoever may see them; what is exported is read in `exporting.py`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from policystudio.errors import NotFound
from policystudio.review.models import Comment, Review
from policystudio.review.standing import Standing, State, standing, standings
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer

__all__ = [
    "Inbox",
    "ReviewFilters",
    "comment_get",
    "comments",
    "inbox",
    "review_get",
    "reviews",
    "standing",
    "standings",
]


@dataclass(frozen=True, slots=True)
class ReviewFilters:
    """What a list of reviews is narrowed to; `state` is the one that people see, None is no limit."""

    state: str | None = None
    policy_id: int | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for a person, oldest first, each review with its standing."""

    to_decide: list[tuple[Review, Standing]]
    to_change: list[tuple[Review, Standing]]
    to_release: list[tuple[Review, Standing]]


def reviews(viewer: Viewer, filters: ReviewFilters = ReviewFilters()) -> QuerySet[Review]:
    """The team's reviews, newest first, with `comment_count`."""
    found = (
        Review.objects.filter(policy__team_id=viewer.team_id)
        .select_related("policy", "author")
        .annotate(comment_count=Count("comments"))
    )
    if filters.policy_id is not None:
        found = found.filter(policy_id=filters.policy_id)
    if filters.author is not None:
        found = found.filter(author__username=filters.author) if "\0" not in filters.author else found.none()
    if filters.state in (State.RELEASED, State.WITHDRAWN):
        found = found.filter(state=filters.state)
    elif filters.state is not None:
        # There is one open review per policy, so working out where each stands is bounded by the policies.
        stands = standings(list(found.filter(state=Review.Stored.OPEN)), asks_tests=False)
        found = found.filter(pk__in=[pk for pk, each in stands.items() if each.state == filters.state])
    return found.order_by("-created_at", "-pk")


def review_get(viewer: Viewer, review_id: int) -> Review:
    """Raises: NotFound, also for a review of another team."""
    review = reviews(viewer).filter(pk=review_id).first()
    if review is None:
        raise NotFound("there is no such review")
    return review


def comments(viewer: Viewer, review: Review) -> QuerySet[Comment]:
    """The comments of a review, oldest first; answers hold their thread in `parent_id`."""
    found = Comment.objects.filter(review_id=review.pk, review__policy__team_id=viewer.team_id)
    return found.select_related("author", "resolved_by").order_by("created_at", "pk")


def comment_get(viewer: Viewer, comment_id: int) -> Comment:
    """Raises: NotFound, also for a comment of another team."""
    found = Comment.objects.select_related("review__policy", "author", "resolved_by")
    comment = found.filter(pk=comment_id, review__policy__team_id=viewer.team_id).first()
    if comment is None:
        raise NotFound("there is no such comment")
    return comment


def inbox(viewer: Viewer) -> Inbox:
    """Open reviews that wait for the viewer: to decide on, to change, or, being approved, to release."""
    waiting = list(reviews(viewer).filter(state=Review.Stored.OPEN).order_by("created_at", "pk"))
    stands = standings(waiting, asks_tests=False)
    found = Inbox([], [], [])
    for review in waiting:
        each = stands[review.pk]
        is_author = viewer.actor_id in each.authors or review.author_id == viewer.actor_id
        if each.state is State.CHANGES_REQUESTED and is_author:
            found.to_change.append((review, each))
        elif each.state is State.APPROVED and viewer.may(Act.RELEASE):
            found.to_release.append((review, each))
        elif (
            viewer.may(Act.REVIEW) and viewer.actor_id not in each.authors and not _has_decided(viewer, each)
        ):
            found.to_decide.append((review, each))
    return found


def _has_decided(viewer: Viewer, stands: Standing) -> bool:
    """Whether the viewer's last word is on what is proposed now."""
    own = [each for each in stands.decisions if each.decision.user_id == viewer.actor_id]
    return bool(own) and not own[-1].is_stale
