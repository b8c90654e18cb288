"""Moves a policy along with its review; called by `review` alone, with the policy's row locked."""

from __future__ import annotations

from django.utils import timezone

from policystudio.policies.models import Policy


def review_opened(policy: Policy) -> None:
    """A review is under way."""
    _save(policy, is_under_review=True)


def review_withdrawn(policy: Policy) -> None:
    """The review came to nothing."""
    _save(policy, is_under_review=False)


def revision_released(policy: Policy) -> None:
    """The newest revision is what is exported from now on."""
    policy.released_number, policy.shapers = policy.newest_number, []
    _save(policy, is_under_review=False)


def _save(policy: Policy, *, is_under_review: bool) -> None:
    policy.is_under_review = is_under_review
    policy.version += 1
    policy.updated_at = timezone.now()
    policy.save(update_fields=["is_under_review", "released_number", "shapers", "version", "updated_at"])
