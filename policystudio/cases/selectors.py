"""Reads cases for whoever may see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery

from policystudio.cases.models import Case
from policystudio.errors import NotFound
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer


def cases(viewer: Viewer, policy_id: int | None = None) -> QuerySet[Case]:
    """The team's cases, by policy and name, those for every policy first; `policy_id` asks for what bears on one.

    Those of deleted policies, and removed ones, are left out.
    """
    found = Case.objects.filter(
        Q(policy=None) | Q(policy__deleted_at=None), team_id=viewer.team_id, removed_at=None
    )
    if policy_id is not None:
        found = found.filter(Q(policy=None) | Q(policy_id=policy_id))
    return found.select_related("policy").order_by(F("policy__name").asc(nulls_first=True), "name", "pk")


def case_get(viewer: Viewer, case_id: int) -> Case:
    """Raises: NotFound, also for a case of another team or of a deleted policy."""
    found = cases(viewer).filter(pk=case_id).first()
    if found is None:
        raise NotFound("there is no such case")
    return found


def cases_of(policies: Collection[Policy]) -> dict[int, list[Case]]:
    """Primary key → what bears on the policy, which was fetched for a viewer already; one query for all."""
    teams = {policy.team_id for policy in policies}
    of_policy, of_team = Q(policy__in=[policy.pk for policy in policies]), Q(policy=None, team__in=teams)
    rows = Case.objects.filter(of_policy | of_team, removed_at=None).order_by("name", "pk")
    found: dict[int, list[Case]] = {policy.pk: [] for policy in policies}
    for case in rows:
        for policy in policies:
            if policy.pk == case.policy_id or (case.policy_id is None and policy.team_id == case.team_id):
                found[policy.pk].append(case)
    return found


def cases_at(policy: Policy, moment: datetime) -> list[Case]:
    """The cases that bore on the policy at that moment; it was fetched for a viewer already."""
    found = Case.objects.filter(_bears(policy), added_at__lte=moment)
    return list(found.exclude(removed_at__lte=moment).order_by("name", "pk"))


def cases_gone(
    policy: Policy, since: datetime | None, shown_from: QuerySet[Any, datetime], until: datetime | None
) -> list[Case]:
    """The cases of the policy, fetched for a viewer already, that were removed after `since` and not after `until`.

    Only those that were there at `since`, or that were removed after the first of `shown_from`, when others could see
    them; it is of no or more moments, and read by the database.
    """
    was_there = Q(removed_at__gt=Subquery(shown_from[:1]))
    found = Case.objects.filter(_bears(policy), removed_at__isnull=False)
    if since is not None:
        was_there |= Q(added_at__lte=since)
        found = found.filter(removed_at__gt=since)
    if until is not None:
        found = found.filter(removed_at__lte=until)
    return list(found.filter(was_there).order_by("name", "pk"))


def _bears(policy: Policy) -> Q:
    return Q(policy_id=policy.pk) | Q(policy=None, team_id=policy.team_id)
