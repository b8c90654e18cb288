"""Who counts as an author of what a policy has become since its last release, and so decides on none of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q

from policystudio.policies.models import Policy, Revision


@dataclass(slots=True)
class Work:
    """The newest text by its hash, and the users who wrote it, or wrote or shaped anything since the last release."""

    sha256: str = ""
    authors: set[int] = field(default_factory=set)


def work_on(policies: Mapping[int, Policy]) -> dict[int, Work]:
    """Primary key of each policy → what was made of it. One query for any number of policies."""
    found = {pk: Work(authors=set(policy.shapers)) for pk, policy in policies.items()}
    newest = Q(number=F("policy__newest_number"))
    unreleased = Q(policy__released_number=None) | Q(number__gt=F("policy__released_number"))
    rows = Revision.objects.filter(newest | unreleased, policy__in=list(policies)).order_by()
    for policy_id, number, sha256, author_id in rows.values_list(
        "policy_id", "number", "sha256", "author_id"
    ):
        found[policy_id].authors.add(author_id)
        if number == policies[policy_id].newest_number:
            found[policy_id].sha256 = sha256
    return found


def authors_of(policy: Policy) -> set[int]:
    """The authors of one policy."""
    return work_on({policy.pk: policy})[policy.pk].authors
