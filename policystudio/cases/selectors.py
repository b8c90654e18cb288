"""Reads cases for whoever may see them."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from policystudio.cases.models import Case
from policystudio.errors import NotFound
from policystudio.teams.viewer import Viewer


def cases(viewer: Viewer, policy_id: int | None = None) -> QuerySet[Case]:
    """The team's cases, by policy and name, those for every policy first; `policy_id` asks for what bears on one.

    Those of deleted policies are left out.
    """
    found = Case.objects.filter(Q(policy=None) | Q(policy__deleted_at=None), team_id=viewer.team_id)
    if policy_id is not None:
        found = found.filter(Q(policy=None) | Q(policy_id=policy_id))
    return found.select_related("policy").order_by(F("policy__name").asc(nulls_first=True), "name", "pk")


def case_get(viewer: Viewer, case_id: int) -> Case:
    """Raises: NotFound, also for a case of another team or of a deleted policy."""
    found = cases(viewer).filter(pk=case_id).first()
    if found is None:
        raise NotFound("there is no such case")
    return found
