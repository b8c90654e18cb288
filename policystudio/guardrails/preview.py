"""What a guardrail would stop if it were in force: each stored policy that breaks it, with a request and a repair.

The token stands for exactly what was looked at: the wording, the accounts' environments, every newest revision with its
targets, and every released document. Whoever switches the guardrail on gives it back. That of a preview for which there
was not enough time is another one, and names the policies that were left out: with it nothing is switched on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.utils import timezone

from policystudio.audit.chain import digest
from policystudio.guardrails.blocking import seen_sha256
from policystudio.guardrails.breaking import NO_TIME_LEFT, Broken, broken, in_breach
from policystudio.guardrails.definition import Definition
from policystudio.guardrails.refusals import NotAllJudged, PreviewOutdated
from policystudio.guardrails.repairs import Repair, smallest_repair
from policystudio.guardrails.selectors import environments_of
from policystudio.guardrails.stored import Stored, stored_policies
from policystudio.policies.models import Policy

FORM = "policystudio guardrail preview 1"
MAX_SECONDS = 15.0
"""After so long what is left is counted and not judged, also within a policy. What was judged is remembered."""
MAX_NAMED = 20
MAX_TOKEN = 512
"""Characters: a digest, and so many keys."""


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
    def is_cut_short(self) -> bool:
        """Whether something of it is listed only because there was no time to judge it."""
        return any(each.outcome.reason == NO_TIME_LEFT for each in (*self.newest, *self.released))


@dataclass(frozen=True, slots=True)
class Preview:
    """`left` are the policies for which no time was left, or not enough."""

    token: str
    judged: int
    left: tuple[Policy, ...]
    stops: tuple[Stop, ...]

    @property
    def unjudged(self) -> int:
        return len(self.left)


def preview(team_id: int, definition: Definition) -> Preview:
    """What the wording would stop now, for a team that the viewer belongs to; it takes a while for many policies."""
    day, environments = timezone.localdate(), environments_of(team_id)
    ends, stops, judged, left = monotonic() + MAX_SECONDS, list[Stop](), 0, list[Policy]()
    fields = _first(definition, environments, day)
    for stored in stored_policies(team_id):
        fields += _fields(stored, environments)
        stop = _stop(definition, stored, environments, day, ends)
        if stop is not None and stop.is_cut_short:
            left.append(stored.policy)
            continue
        judged += 1
        if stop is not None:
            stops.append(stop)
    token = _token(fields, len(left), [policy.pk for policy in left[:MAX_NAMED]])
    return Preview(token, judged, tuple(left), tuple(sorted(stops, key=lambda s: s.policy.name)))


def refuse_other(token: str, team_id: int, definition: Definition) -> None:
    """Raises: PreviewOutdated unless the token is that of a preview that would be made now; NotAllJudged when it is
    one that had no time for all. Judges nothing itself.
    """
    _sha256, *rest = token.split(".")
    counts = [
        int(part) for part in rest[: MAX_NAMED + 1] if part.isascii() and part.isdigit() and len(part) < 19
    ]
    count, keys = (counts[0], counts[1:]) if counts else (0, [])
    environments = environments_of(team_id)
    fields = _first(definition, environments, timezone.localdate())
    for stored in stored_policies(team_id):
        fields += _fields(stored, environments)
    if token != _token(fields, count, keys):
        raise PreviewOutdated(
            "policies, releases, accounts or the wording have changed since the preview was made",
            advice="look at a new preview",
        )
    if count:
        names = (
            Policy.objects.filter(pk__in=keys, team_id=team_id)
            .order_by("name")
            .values_list("name", flat=True)
        )
        more = f" and {count - len(keys)} more" if count > len(keys) else ""
        raise NotAllJudged(
            f"the preview had no time to judge {', '.join(names)}{more}",
            advice="look at a new preview, which goes on from there, and switch on with that",
        )


def _token(fields: list[str | int], left: int, keys: Sequence[int]) -> str:
    """The digest alone when nothing is left, else with the count and keys of what is, which are part of it."""
    if not left:
        return digest(fields)
    return ".".join(map(str, (digest([*fields, "left", left, *keys]), left, *keys)))


def _first(definition: Definition, environments: Mapping[str, str], day: date) -> list[str | int]:
    text = json.dumps(definition.as_json(), sort_keys=True)
    is_of_a_day = "${today+" in text
    return [
        FORM,
        text,
        json.dumps(sorted(environments.items())),
        day.isoformat() if is_of_a_day else "",
    ]


def _fields(stored: Stored, environments: Mapping[str, str]) -> list[str | int]:
    places = [f"{each.target.account} {each.target.region}" for each in stored.handed]
    return [
        stored.policy.pk,
        seen_sha256(stored.newest, environments),
        len(places),
        *places,
        *stored.released_hashes,
    ]


def _stop(
    definition: Definition, stored: Stored, environments: Mapping[str, str], day: date, ends: float
) -> Stop | None:
    released = tuple(in_breach(definition, stored.policy.name, stored.handed, environments, day, ends))
    newest = tuple(broken(definition, stored.newest, environments, day, ends))
    if not released and not newest:
        return None
    repair = smallest_repair(definition, stored.newest, newest, environments, day, ends) if newest else None
    return Stop(stored, released, newest, repair)
