"""Which guardrails over a policy were switched off lately: nobody switches one off, releases and switches it on unseen.

Read from the trail, which nobody changes, and not from the guardrail, which tells only of its last switch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.guardrails.definition import Definition, from_json
from policystudio.guardrails.models import Guardrail
from policystudio.guardrails.selectors import environments_of
from policystudio.policies.models import Policy
from policystudio.ram.render import Target

LATELY = timedelta(days=30)
MOST = 50


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """`is_on` tells whether it is in force again; `is_there`, whether it has not been removed since."""

    guardrail_id: int
    name: str
    by: str
    at: datetime
    is_on: bool
    is_there: bool

    def as_json(self) -> dict[str, Any]:
        """As the trail keeps it with a release."""
        return {
            "guardrail": self.guardrail_id,
            "name": self.name,
            "by": self.by,
            "at": self.at.isoformat(timespec="seconds"),
        }


def switched_off_lately(
    policy: Policy, targets: Iterable[Target], until: datetime | None = None
) -> list[SwitchedOff]:
    """Those that covered the policy with these targets and were switched off in the days before `until`, newest first.

    At most so many; two queries where there are any.
    """
    last = until or timezone.now()
    events = Event.objects.filter(
        team_id=policy.team_id,
        object_type="guardrail",
        action="guardrail.switched_off",
        at__gt=last - LATELY,
        at__lte=last,
    ).order_by("-sequence")
    rows = list(events[:MOST])
    if not rows:
        return []
    guardrails = {each.pk: each for each in Guardrail.objects.filter(pk__in={row.object_id for row in rows})}
    environments, wanted = environments_of(policy.team_id), list(targets)
    found = []
    for row in rows:
        guardrail = guardrails.get(row.object_id)
        definition = was_in_force(row, guardrail)
        if definition is not None and not _covers(definition, policy, wanted, environments):
            continue
        found.append(
            SwitchedOff(
                row.object_id,
                row.object_name,
                row.actor_name,
                row.at,
                guardrail is not None and guardrail.is_on,
                guardrail is not None and guardrail.deleted_at is None,
            )
        )
    return found


def was_in_force(row: Event, guardrail: Guardrail | None) -> Definition | None:
    """What the event says was in force before it. An older one does not, and then the newest wording stands for what
    was switched off; None for what was put in force instead of another wording.
    """
    is_off = row.action == "guardrail.switched_off"
    stored = row.data.get("definition" if is_off else "was")
    if stored is not None:
        return from_json(stored)
    if not is_off:
        return None
    return guardrail.definition if guardrail is not None else None


def _covers(
    definition: Definition, policy: Policy, targets: Iterable[Target], environments: dict[str, str]
) -> bool:
    scope = definition.scope
    return not scope.leaves_out(policy.name) and any(scope.holds(target, environments) for target in targets)
