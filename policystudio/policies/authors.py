"""Who counts as an author of what a policy has become since its last release, and so decides on none of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F, Q

from policystudio.policies.models import Policy, Revision


def authors_of(policies: Mapping[int, Policy]) -> dict[int, set[int]]:
    """Primary key → users who wrote the newest revision, or wrote or shaped anything since the last release.

    One query for any number of policies.
    """
    found = {pk: set(policy.shapers) for pk, policy in policies.items()}
    newest = Q(number=F("policy__newest_number"))
    unreleased = Q(policy__released_number=None) | Q(number__gt=F("policy__released_number"))
    rows = Revision.objects.filter(newest | unreleased, policy__in=list(policies)).order_by()
    for policy_id, author_id in rows.values_list("policy_id", "author_id"):
        found[policy_id].add(author_id)
    return found
