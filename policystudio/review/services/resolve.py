"""Closes a thread, or opens it again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, NotFound, Problem
from policystudio.review.models import Comment
from policystudio.review.services.comment import touch
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer


@transaction.atomic
def resolve(*, by: Viewer, comment: Comment, resolved: bool = True) -> Comment:
    """The comment that begins the thread; the same again changes nothing.

    Raises: NotAllowed; NotFound; InvalidInput for an answer within a thread.
    """
    require(by, Act.COMMENT)
    stored = Comment.objects.select_for_update(of=("self",)).select_related("review__policy")
    found = stored.filter(pk=comment.pk, review__policy__team_id=by.team_id).first()
    if found is None:
        raise NotFound("there is no such comment")
    if found.parent_id is not None:
        raise InvalidInput(
            [Problem("", "an answer is not resolved; resolve the comment that it answers", "not-a-thread")]
        )
    if (found.resolved_at is not None) == resolved:
        return found
    found.resolved_at = timezone.now() if resolved else None
    found.resolved_by_id = by.actor_id if resolved else None
    found.save(update_fields=["resolved_at", "resolved_by"])
    touch(found.review)
    record(
        by, "comment.resolved" if resolved else "comment.reopened", on=found, data={"review": found.review_id}
    )
    return found
