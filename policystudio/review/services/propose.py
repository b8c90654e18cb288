"""Opens a review of a policy's newest revision."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.policies.services.locking import locked_policy
from policystudio.policies.services.progress import review_opened
from policystudio.policies.services.writing import message_problems
from policystudio.review.judgement import error_problems, reason_problems, unexplained
from policystudio.review.models import Review
from policystudio.review.services.refusals import NotReady, UnfinishedReview
from policystudio.review.standing import no_targets, standing
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse
from policystudio.teams.viewer import Viewer
from policystudio.waivers.selectors import waivers_for
from policystudio.waivers.weighing import judged


@transaction.atomic
def propose(
    *, by: Viewer, policy: Policy, message: str = "", reasons: Mapping[str, str] | None = None
) -> Review:
    """The new review. Released revisions may be proposed again when targets, name or region mode have changed.

    Raises: NotAllowed; NotFound; UnfinishedReview; NotReady when there is no target or the document has errors;
    InvalidInput at /message when a security warning has no written reason.
    """
    require(by, Act.WRITE)
    reasons = dict(reasons or {})
    refuse(message_problems(message, reasons))
    policy = locked_policy(by, policy.pk)
    if policy.is_under_review:
        raise UnfinishedReview(
            "the policy is in an unfinished review already", advice="withdraw that one, or revise in it"
        )
    revision, targets = newest_revision(policy), targets_of(policy)
    validation = judge(policy, revision, targets)
    problems = error_problems(validation) + ([] if targets else [no_targets()])
    if problems:
        raise NotReady("the policy cannot be proposed yet", problems=problems)
    findings = judged(validation, waivers_for(policy))
    missing = unexplained(findings, revision=revision, message=message, reasons=reasons)
    if missing:
        raise InvalidInput(reason_problems(missing))
    review = Review(
        policy=policy,
        message=message,
        reasons=reasons,
        author_id=by.actor_id,
        author_name=by.actor_name,
        created_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError:
        raise UnfinishedReview("the policy is in an unfinished review already") from None
    review_opened(policy)
    stands = standing(review)
    data = {
        "policy": policy.pk,
        "revision": revision.number,
        "digest": stands.digest,
        "required_approvals": stands.required_approvals,
    }
    record(by, "review.proposed", on=review, data=data, after=revision.sha256)
    return review
