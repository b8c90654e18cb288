"""What a guardrail would stop if it were in force: each stored policy that breaks it, with a request and a repair.

The token stands for exactly what was looked at: the wording, the accounts' environments, every newest revision with its
targets, and every released document. Whoever switches the guardrail on gives it back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.utils import timezone

from policystudio.audit.chain import digest
from policystudio.guardrails.blocking import seen_sha256
from policystudio.guardrails.breaking import Broken, broken, in_breach
from policystudio.guardrails.definition import Definition
from policystudio.guardrails.repairs import Repair, smallest_repair
from policystudio.guardrails.selectors import environments_of
from policystudio.guardrails.stored import Stored, stored_policies
from policystudio.policies.models import Policy

FORM = "policystudio guardrail preview 1"
MAX_SECONDS = 15.0
"""After so long what is left is counted and not judged."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A policy that breaks it: what is released of it, its newest revision, or both.

    `newest` is empty where the newest revision keeps it. The repair is one of the newest revision.
    """

    stored: Stored
    released: tuple[Broken, ...]
    newest: tuple[Broken, ...]
    repair: Repair | None

    @property
    def policy(self) -> Policy:
        return self.stored.policy

    @property
    def released_number(self) -> int | None:
        return self.stored.released_number

    @property
    def shown(self) -> tuple[Broken, ...]:
        """How it is broken: what would be stopped, else what is out already."""
        return self.newest or self.released


@dataclass(frozen=True, slots=True)
class Preview:
    """`unjudged` counts the policies for which no time was left."""

    token: str
    judged: int
    unjudged: int
    stops: tuple[Stop, ...]


def preview(team_id: int, definition: Definition) -> Preview:
    """What the wording would stop now, for a team that the viewer belongs to; it takes a while for many policies."""
    day, environments = timezone.localdate(), environments_of(team_id)
    ends, stops, judged, unjudged = monotonic() + MAX_SECONDS, list[Stop](), 0, 0
    fields = _first(definition, environments, day)
    for stored in stored_policies(team_id):
        fields += _fields(stored)
        if monotonic() > ends:
            unjudged += 1
            continue
        judged += 1
        stop = _stop(definition, stored, environments, day)
        if stop is not None:
            stops.append(stop)
    return Preview(digest(fields), judged, unjudged, tuple(sorted(stops, key=lambda s: s.policy.name)))


def preview_token(team_id: int, definition: Definition) -> str:
    """The token of the preview that would be made now; judges nothing."""
    fields = _first(definition, environments_of(team_id), timezone.localdate())
    for stored in stored_policies(team_id):
        fields += _fields(stored)
    return digest(fields)


def _first(definition: Definition, environments: Mapping[str, str], day: date) -> list[str | int]:
    text = json.dumps(definition.as_json(), sort_keys=True)
    is_of_a_day = "${today+" in text
    return [
        FORM,
        text,
        json.dumps(sorted(environments.items())),
        day.isoformat() if is_of_a_day else "",
    ]


def _fields(stored: Stored) -> list[str | int]:
    places = [f"{each.target.account} {each.target.region}" for each in stored.handed]
    return [
        stored.policy.pk,
        seen_sha256(stored.newest),
        len(places),
        *places,
        *stored.released_hashes,
    ]


def _stop(definition: Definition, stored: Stored, environments: Mapping[str, str], day: date) -> Stop | None:
    released = tuple(in_breach(definition, stored.policy.name, stored.handed, environments, day))
    newest = tuple(broken(definition, stored.newest, environments, day))
    if not released and not newest:
        return None
    repair = smallest_repair(definition, stored.newest, newest, environments, day) if newest else None
    return Stop(stored, released, newest, repair)
