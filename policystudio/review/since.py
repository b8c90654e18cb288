"""What the validator says of what is released, to compare the findings of what comes after with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policystudio.policies.judging import judge
from policystudio.policies.models import Policy
from policystudio.review.models import Release, Review
from policystudio.review.released import release_before, targets_of_release
from policystudio.teams.viewer import Viewer

if TYPE_CHECKING:
    from policystudio.validation.pipeline import Validation


def released_judgement(policy: Policy) -> Validation | None:
    """The judgement of the released revision for the targets of its release; None when nothing is released.

    The policy was fetched for a viewer already. Judged today, so that neither the passing of time nor a new rule makes
    a finding new; for the targets of then, so that what a new target brings with it does.
    """
    if policy.released_number is None:
        return None
    found = Release.objects.filter(policy_id=policy.pk).select_related("revision__policy")
    release = found.order_by("-released_at", "-pk").first()
    return judgement_of(release, policy) if release else None


def judgement_before(viewer: Viewer, review: Review) -> Validation | None:
    """The same for what was released when the review began to matter, as `released.release_before` says."""
    release = release_before(viewer, review)
    return judgement_of(release, review.policy) if release else None


def judgement_of(release: Release, policy: Policy) -> Validation:
    """What the validator says today of a revision that was released, where it was released to."""
    return judge(policy, release.revision, [target for target, _ in targets_of_release(release)])
