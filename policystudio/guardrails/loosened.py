"""Holds a release that an earlier guardrail would have stopped: nobody loosens one, releases and tightens it alone.

Decision: for 30 days after a guardrail was switched off, or another wording of it was put in force, a policy that
breaks what was in force before is released by a second admin only, who neither loosened it nor wrote the policy: the
people who might grant an exception. Switching off itself takes one admin, as a guardrail that is wrong must not hold
up everybody. Who loosened what is read from the trail, which nobody changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.errors import Problem
from policystudio.guardrails.blocking import MAX_SECONDS, breaches_of, subject_of
from policystudio.guardrails.breaking import broken
from policystudio.guardrails.definition import Definition
from policystudio.guardrails.models import Guardrail
from policystudio.guardrails.selectors import environments_of, in_force
from policystudio.guardrails.switched_off import LATELY, was_in_force
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer

CODE = "second-admin-needed"


@dataclass(frozen=True, slots=True)
class Loosened:
    """What was in force and is not any more, and who saw to that."""

    guardrail_id: int
    name: str
    by_id: int | None
    by: str
    at: datetime

    def as_json(self) -> dict[str, Any]:
        """As the trail keeps it with a release."""
        at = self.at.isoformat(timespec="seconds")
        return {"guardrail": self.guardrail_id, "name": self.name, "by": self.by, "at": at}


def loosened_over(policy: Policy) -> list[Loosened]:
    """What was loosened lately and the policy's newest revision breaks; newest first, and every one who did it.

    A guardrail that the policy breaks as it is worded now is left out: that stands in the way by itself, or a second
    admin has granted an exception. What there is no time to judge counts as broken. One query where nothing was
    loosened.
    """
    rows = list(
        Event.objects.filter(
            team_id=policy.team_id,
            object_type="guardrail",
            action__in=["guardrail.switched_off", "guardrail.switched_on"],
            at__gt=timezone.now() - LATELY,
        )
        .exclude(before_sha256="")
        .order_by("-sequence")
    )
    if not rows:
        return []
    subject = subject_of(policy, newest_revision(policy).source, targets_of(policy))
    environments, day = environments_of(policy.team_id), timezone.localdate()
    held = {
        definition.sha256
        for each in in_force([policy.team_id])[policy.team_id]
        if (definition := each.enforced)
    }
    ends = monotonic() + MAX_SECONDS
    breaks: dict[str, bool] = {}
    found = []
    for row, definition in _definitions(rows):
        if definition.sha256 in held:
            continue
        if definition.sha256 not in breaks:
            breaks[definition.sha256] = bool(broken(definition, subject, environments, day, ends))
        if breaks[definition.sha256]:
            found.append(Loosened(row.object_id, row.object_name, row.actor_id, row.actor_name, row.at))
    held_anyway = {each.guardrail.pk for each in breaches_of(policy)} if found else set()
    return [each for each in found if each.guardrail_id not in held_anyway]


def _definitions(rows: Iterable[Event]) -> Iterator[tuple[Event, Definition]]:
    """The events with what was in force before each, as far as the trail or the guardrail still says so."""
    listed = list(rows)
    guardrails = {
        each.pk: each for each in Guardrail.objects.filter(pk__in={row.object_id for row in listed})
    }
    for row in listed:
        definition = was_in_force(row, guardrails.get(row.object_id))
        if definition is not None:
            yield row, definition


def held_back(by: Viewer, loosened: Iterable[Loosened], authors: Collection[int]) -> list[Problem]:
    """Why the viewer may not release what breaks these; `authors` are those of the policy since its last release."""
    return [
        Problem(
            "/source",
            f"the policy breaks the guardrail {each.name} as it was before {each.by} loosened it; {why}, and another "
            "admin has to release it",
            CODE,
        )
        for each in loosened
        if (why := _why_not(by, each, authors))
    ]


def _why_not(by: Viewer, loosened: Loosened, authors: Collection[int]) -> str:
    if not by.may(Act.MANAGE_GUARDRAILS):
        return "you are no admin"
    if by.actor_id == loosened.by_id:
        return "that was you"
    if by.actor_id in authors:
        return "you wrote a revision of the policy, or changed what a release of it does"
    return ""
