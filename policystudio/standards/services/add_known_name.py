"""Adds a name to what a team has seen work, so that it is no longer unknown to the validator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.catalog import load
from policystudio.catalog.team import RISK_LEVELS, is_held, is_well_formed
from policystudio.errors import Conflict, Problem
from policystudio.ram.finding import shown
from policystudio.standards.known_names import namesake
from policystudio.standards.models import KnownName
from policystudio.teams.models import Team
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer

MAX_NAME, MAX_NOTE = 128, 2000
MAX_NAMES = 500
"""So many names a team keeps; each of them is looked through for every pattern."""


@transaction.atomic
def add_known_name(
    *,
    by: Viewer,
    kind: str,
    name: str,
    note: str,
    seen_on: date,
    access_level: str = "",
    resource_types: Sequence[str] = (),
    risk: str = "",
) -> KnownName:
    """The name, which counts from now on for drafts, open reviews and releases; what is left empty is unknown.

    Raises: NotAllowed; InvalidInput with pointers named like the parameters; Conflict when the team has it already, or
    has too many.
    """
    require(by, Act.MANAGE_NAMES)
    is_key = kind == KnownName.Kind.CONDITION_KEY
    facts_given = {"access_level": access_level, "resource_types": resource_types, "risk": risk}
    refuse(
        [
            *_kind_problems(kind),
            *_name_problems(name, is_key),
            *text_problems(note, "/note", max_characters=MAX_NOTE, required=True),
            *_day_problems(seen_on),
            *(_key_problems(facts_given) if is_key else _fact_problems(**facts_given)),
        ]
    )
    # The team's row stands for the number of its names, which two requests could overstep at once.
    Team.objects.select_for_update(no_key=True).get(pk=by.team_id)
    if KnownName.objects.filter(team_id=by.team_id).count() >= MAX_NAMES:
        raise Conflict(f"a team keeps at most {MAX_NAMES} names of its own", advice="remove some of them")
    added = KnownName(
        team_id=by.team_id,
        kind=kind,
        name=name,
        access_level=access_level,
        resource_types=list(resource_types),
        risk=risk,
        note=note,
        seen_on=seen_on,
        added_by_id=by.actor_id,
        added_by_name=by.actor_name,
        added_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            added.save(force_insert=True)
    except IntegrityError:
        raise _taken(by, kind, name) from None
    record(by, "known_name.added", on=added, data=facts(added))
    return added


def facts(name: KnownName) -> dict[str, Any]:
    """What the trail keeps of a name."""
    return {
        "kind": name.kind,
        "name": name.name,
        "note": name.note,
        "seen_on": name.seen_on.isoformat(),
        "access_level": name.access_level,
        "resource_types": name.resource_types,
        "risk": name.risk,
    }


def access_levels() -> tuple[str, ...]:
    """What an access level may be, in the catalogue's words."""
    return tuple(dict.fromkeys(action.access_level for action in load().actions.values()))


def _taken(by: Viewer, kind: str, name: str) -> Conflict:
    """Names the entry that is there, which may be written in other letter case."""
    there = namesake(by, kind, name)
    if there is None:
        return Conflict(f"the team has added {name} already")
    what = f"the team has added {name} already"
    if there.name != name:
        what += f", written {there.name}; letter case does not count"
    detail = f"it is the name with the id {there.pk}, added by {there.added_by_name}"
    return Conflict(what, problems=[Problem("/name", detail, "name-taken")])


def _kind_problems(kind: object) -> Iterator[Problem]:
    if kind not in KnownName.Kind.values:
        yield Problem("/kind", "must be action or condition_key", "unknown-choice")


def _name_problems(name: object, is_key: bool) -> Iterator[Problem]:
    if not isinstance(name, str):
        yield Problem("/name", "must be a text", "wrong-type")
    elif len(name) > MAX_NAME:
        yield Problem("/name", f"has {len(name)} characters; at most {MAX_NAME} are kept", "too-long")
    elif not is_well_formed(name, is_condition_key=is_key):
        example = "kms:KeyPurpose, or kms:RequestTag/ where a free name follows" if is_key else "kms:SpinKey"
        yield Problem("/name", f"must be a name of KMS in full, such as {example}", "bad-name")
    elif is_held(load(), name, is_condition_key=is_key):
        yield Problem("/name", f"{shown(name)} is in the catalogue already", "known-name")


def _day_problems(seen_on: object) -> Iterator[Problem]:
    if not isinstance(seen_on, date):
        yield Problem("/seen_on", "must be a day, such as 2026-11-24", "wrong-type")
    elif seen_on > timezone.localdate():
        yield Problem("/seen_on", "lies in the future; say when it was seen", "out-of-range")


def _key_problems(given: dict[str, Any]) -> Iterator[Problem]:
    for field, value in given.items():
        if value:
            yield Problem(f"/{field}", "only an action has this", "not-for-this-kind")


def _fact_problems(access_level: object, resource_types: object, risk: object) -> Iterator[Problem]:
    if access_level not in ("", *access_levels()):
        allowed = ", ".join(access_levels())
        yield Problem("/access_level", f"must be empty or one of {allowed}", "unknown-choice")
    if risk not in ("", *RISK_LEVELS):
        yield Problem("/risk", f"must be empty or one of {', '.join(RISK_LEVELS)}", "unknown-choice")
    if not isinstance(resource_types, Sequence) or isinstance(resource_types, str):
        yield Problem("/resource_types", "must be a list of resource types", "wrong-type")
        return
    seen: list[object] = []
    for index, kind in enumerate(resource_types[:100]):
        if not isinstance(kind, str) or kind not in load().resource_types:
            yield Problem(
                f"/resource_types/{index}", "is no resource type of the catalogue", "unknown-choice"
            )
        elif kind in seen:
            yield Problem(f"/resource_types/{index}", f"{kind} is listed twice", "duplicate")
        seen.append(kind)
