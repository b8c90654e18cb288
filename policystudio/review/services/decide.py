"""Records a verdict on exactly what the reviewer saw."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import Problem
from policystudio.policies.services.writing import MAX_MESSAGE
from policystudio.review.models import Decision, Review, Verdict
from policystudio.review.services.locking import locked_review, refuse_finished
from policystudio.review.services.refusals import (
    AlreadyDecided,
    DigestMovedOn,
    OwnRevision,
    UndecidedWaivers,
)
from policystudio.review.standing import Standing, standing, undecided_problems
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer


@transaction.atomic
def decide(*, by: Viewer, review: Review, verdict: str, digest: str, body: str = "") -> Decision:
    """The decision; a person's later one takes the place of an earlier one.

    Raises: NotAllowed when the role may not review; OwnRevision for whoever wrote or shaped what is proposed, see
    `Standing.authors`; ReviewFinished; DigestMovedOn when `digest` is not that of what is proposed now;
    UndecidedWaivers for an approval while a waiver waits for a reviewer; AlreadyDecided; InvalidInput.
    """
    require(by, Act.REVIEW)
    problems = list(text_problems(body, "/body", max_characters=MAX_MESSAGE))
    if verdict not in list(Verdict):
        problems.append(Problem("/verdict", f"must be one of {', '.join(Verdict)}", "unknown-verdict"))
    refuse(problems)
    review = locked_review(by, review)
    stands = standing(review)
    if by.actor_id in stands.authors:
        raise OwnRevision(
            "you wrote a revision in this review, or changed its targets, name or region mode,"
            " so somebody else has to decide"
        )
    refuse_finished(review)
    if digest != stands.digest:
        raise DigestMovedOn(
            "what is proposed has changed since you looked",
            problems=[Problem("/digest", "is not the digest that the review has now", DigestMovedOn.code)],
            advice="look at the review again",
        )
    if verdict == Verdict.APPROVE and stands.undecided:
        raise UndecidedWaivers(
            "a waiver waits for a decision",
            problems=undecided_problems(stands.undecided),
            advice="accept or refuse it before you approve",
        )
    earlier = _own(stands, by)
    if earlier and (earlier[-1].verdict, earlier[-1].digest) == (verdict, digest):
        raise AlreadyDecided("you have said the same of the same proposal before")
    decision = Decision.objects.create(
        review=review,
        user_id=by.actor_id,
        user_name=by.actor_name,
        verdict=verdict,
        digest=digest,
        revision_number=stands.revision,
        body=body,
        ordinal=len(earlier) + 1,
        created_at=timezone.now(),
    )
    review.version += 1
    review.save(update_fields=["version"])
    data = {"review": review.pk, "verdict": verdict, "digest": digest, "revision": stands.revision}
    record(by, "review.decided", on=decision, data=data)
    return decision


def _own(stands: Standing, by: Viewer) -> list[Decision]:
    return [weighed.decision for weighed in stands.decisions if weighed.decision.user_id == by.actor_id]
