"""Reads guardrails and exceptions for whoever may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from policystudio.accounts.models import Account
from policystudio.errors import NotFound
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.teams.viewer import Viewer


def guardrails(viewer: Viewer) -> QuerySet[Guardrail]:
    """Those of the team, by name."""
    return Guardrail.objects.filter(team_id=viewer.team_id, deleted_at=None).order_by("name", "pk")


def guardrail_get(viewer: Viewer, guardrail_id: int) -> Guardrail:
    """Raises: NotFound, also for a guardrail of another team and a removed one."""
    found = guardrails(viewer).filter(pk=guardrail_id).first()
    if found is None:
        raise NotFound("there is no such guardrail")
    return found


def in_force(team_ids: Iterable[int]) -> dict[int, list[Guardrail]]:
    """Team → its guardrails that releases are held to; one query."""
    found: dict[int, list[Guardrail]] = defaultdict(list)
    rows = Guardrail.objects.filter(team_id__in=set(team_ids), in_force__isnull=False, deleted_at=None)
    for guardrail in rows.order_by("name", "pk"):
        found[guardrail.team_id].append(guardrail)
    return found


def exemptions(viewer: Viewer) -> QuerySet[Exemption]:
    """The exceptions of the team's policies, deleted ones left out, newest first."""
    found = Exemption.objects.filter(policy__team_id=viewer.team_id, policy__deleted_at=None)
    return found.select_related("policy", "guardrail").order_by("-pk")


def exemption_get(viewer: Viewer, exemption_id: int) -> Exemption:
    """Raises: NotFound, also for an exception of another team or of a deleted policy."""
    found = exemptions(viewer).filter(pk=exemption_id).first()
    if found is None:
        raise NotFound("there is no such exception")
    return found


def live_exemptions(policy_ids: Iterable[int]) -> dict[int, list[Exemption]]:
    """Policy → its exceptions that are asked for or granted; one query, for policies fetched for a viewer already."""
    found: dict[int, list[Exemption]] = defaultdict(list)
    states = [Exemption.Stored.REQUESTED, Exemption.Stored.GRANTED]
    rows = Exemption.objects.filter(policy__in=list(policy_ids), state__in=states)
    for each in rows.select_related("policy", "guardrail").order_by("pk"):
        found[each.policy_id].append(each)
    return found


def environments_of(team_id: int) -> dict[str, str]:
    """Number of each account of a team → its environment."""
    return dict(Account.objects.filter(team_id=team_id).values_list("number", "environment"))
