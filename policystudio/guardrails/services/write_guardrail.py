"""Writes a new guardrail, which is off, or a new wording of one, which counts once it is switched on again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, Problem
from policystudio.guardrails.blocking import lock_register
from policystudio.guardrails.definition import Definition
from policystudio.guardrails.models import Guardrail
from policystudio.guardrails.reading import read_definition
from policystudio.guardrails.refusals import NameTaken
from policystudio.guardrails.services.locking import locked_guardrail
from policystudio.guardrails.void import scope_problems, shape_problems
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import line_problems, refuse_stale, text_problems
from policystudio.teams.viewer import Viewer

MAX_NAME = 120
MAX_WHY = 2000
MAX_GUARDRAILS = 50
"""Of one team: a release is judged by each of them that is on."""


@transaction.atomic
def create_guardrail(*, by: Viewer, name: str, why: str = "", definition: Mapping[str, Any]) -> Guardrail:
    """The guardrail, switched off. Raises: NotAllowed; InvalidInput at /name, /why or within /definition; NameTaken."""
    require(by, Act.MANAGE_GUARDRAILS)
    wording = _read(by, name, why, definition)
    # Two at once would both be the last that there is room for.
    lock_register(by.team_id)
    if Guardrail.objects.filter(team_id=by.team_id, deleted_at=None).count() >= MAX_GUARDRAILS:
        raise InvalidInput([Problem("", f"a team has at most {MAX_GUARDRAILS} guardrails", "too-many")])
    guardrail = Guardrail(team_id=by.team_id)
    _save(by, guardrail, name, why, wording)
    record(by, "guardrail.created", on=guardrail, data=_data(guardrail), after=wording.sha256)
    return guardrail


@transaction.atomic
def change_guardrail(
    *,
    by: Viewer,
    guardrail: Guardrail,
    name: str,
    why: str = "",
    definition: Mapping[str, Any],
    expected_version: int | None = None,
) -> Guardrail:
    """The guardrail with its new wording. One that is on goes on as it was until the new wording is switched on.

    Raises: as `create_guardrail`; NotFound; Stale.
    """
    require(by, Act.MANAGE_GUARDRAILS)
    wording = _read(by, name, why, definition, stored=guardrail.definition)
    guardrail = locked_guardrail(by, guardrail)
    refuse_stale(expected_version, guardrail.version, "guardrail")
    before = guardrail.definition.sha256
    guardrail.version += 1
    _save(by, guardrail, name, why, wording)
    record(by, "guardrail.changed", on=guardrail, data=_data(guardrail), before=before, after=wording.sha256)
    return guardrail


def _read(
    by: Viewer, name: str, why: str, definition: Mapping[str, Any], stored: Definition | None = None
) -> Definition:
    """The definition, with everything that is wrong told at once.

    What is stored already is not asked again whether it guards anything, as accounts come and go.
    """
    problems, faults = list(_problems(name, why)), list[Problem]()
    try:
        wording = read_definition(definition)
    except InvalidInput as refused:
        faults += refused.problems
    else:
        if wording != stored:
            faults += scope_problems(wording.scope, by.team_id)
            faults += shape_problems(wording, timezone.localdate())
    problems += [Problem("/definition" + p.pointer, p.detail, p.code) for p in faults]
    if problems:
        raise InvalidInput(problems)
    return wording


def _problems(name: str, why: str) -> Iterator[Problem]:
    yield from line_problems(name, "/name", max_characters=MAX_NAME)
    yield from text_problems(why, "/why", max_characters=MAX_WHY)


def _save(by: Viewer, guardrail: Guardrail, name: str, why: str, wording: Definition) -> None:
    guardrail.name, guardrail.why, guardrail.wording = name, why, wording.as_json()
    guardrail.changed_by_id, guardrail.changed_by_name = by.actor_id, by.actor_name
    guardrail.changed_at = timezone.now()
    try:
        with transaction.atomic():
            guardrail.save()
    except IntegrityError:
        raise NameTaken(f"a guardrail called {name} is there already", advice="choose another name") from None


def _data(guardrail: Guardrail) -> dict[str, Any]:
    return {"name": guardrail.name, "why": guardrail.why, "definition": guardrail.wording}
