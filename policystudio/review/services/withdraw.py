"""Ends a review without a release; the revisions stay as drafts."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.policies.services.progress import review_withdrawn
from policystudio.review.models import Review
from policystudio.review.services.locking import locked_review, refuse_finished
from policystudio.review.standing import Standing, standing
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer


@transaction.atomic
def withdraw(*, by: Viewer, review: Review) -> Review:
    """The review, withdrawn. Decision: every author of the team may, as a proposal belongs to the team.

    Raises: NotAllowed; NotFound; ReviewFinished.
    """
    require(by, Act.RELEASE)
    review = locked_review(by, review)
    refuse_finished(review)
    stands = standing(review)
    finish(review, Review.Stored.WITHDRAWN, stands)
    review_withdrawn(review.policy)
    record(by, "review.withdrawn", on=review, data={"digest": stands.digest, "revision": stands.revision})
    return review


def finish(review: Review, state: str, stands: Standing) -> None:
    """Keep how the review stood when it ended."""
    review.state = state
    review.finished_at = timezone.now()
    review.final_revision = stands.revision
    review.final_digest = stands.digest
    review.final_required = stands.required_approvals
    review.final_approvals = stands.approvals
    review.final_approvers = [each.decision.user_id for each in stands.decisions if each.counts]
    review.version += 1
    review.save()
