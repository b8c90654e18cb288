"""Takes the locks of a review's transitions in one order: policy, accounts, review, and last the audit head."""

from __future__ import annotations

from policystudio.accounts.selectors import accounts_by_number
from policystudio.errors import NotFound
from policystudio.policies.models import Policy
from policystudio.policies.selectors import targets_of
from policystudio.policies.services.locking import locked_policy
from policystudio.review.models import Current, Review
from policystudio.review.services.refusals import ReviewFinished
from policystudio.teams.viewer import Viewer


def locked_review(by: Viewer, review: Review, *, with_accounts: bool = False) -> Review:
    """The review as stored now, with its policy, both locked. Raises: NotFound for another team's.

    `with_accounts` locks the targeted accounts too, so that their required approvals and regions stand still.
    """
    policy = locked_policy(by, review.policy_id)
    if with_accounts:
        lock_accounts(policy)
    found = Review.objects.select_for_update().filter(pk=review.pk, policy_id=policy.pk).first()
    if found is None:
        raise NotFound("there is no such review")
    found.policy = policy
    return found


def lock_accounts(policy: Policy) -> None:
    """Lock the accounts that a locked policy is stored for or exported to now."""
    exported = Current.objects.filter(policy=policy).values_list("account", flat=True)
    numbers = {target.account for target in targets_of(policy)} | set(exported)
    accounts_by_number(policy.team_id, numbers, lock=True)


def refuse_finished(review: Review) -> None:
    """Raises: ReviewFinished."""
    if review.is_finished:
        raise ReviewFinished(f"the review is {review.state}")
