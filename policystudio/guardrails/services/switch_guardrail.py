"""Puts a guardrail's newest wording in force, by whoever has seen what it stops; takes it out of force; removes it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.guardrails.models import Guardrail
from policystudio.guardrails.preview import refuse_other
from policystudio.guardrails.refusals import GuardrailOff, GuardrailOn
from policystudio.guardrails.services.locking import locked_guardrail
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def switch_on(*, by: Viewer, guardrail: Guardrail, preview: str) -> Guardrail:
    """The guardrail, in force for every release from now on; what is out already stays out, and is listed as in breach.

    `preview` is the token of a preview that shows what it stops as things are now. The register is locked: a release
    that is under way is either through, and then part of what the token stands for, or is judged by this guardrail.
    Raises: NotAllowed; NotFound; GuardrailOn when this very wording is in force; PreviewOutdated;
    NotAllJudged when the preview had no time for some policies.
    """
    require(by, Act.MANAGE_GUARDRAILS)
    guardrail = locked_guardrail(by, guardrail)
    if guardrail.is_on and not guardrail.is_changed:
        raise GuardrailOn("the guardrail is in force already, as it is worded now")
    wording = guardrail.definition
    refuse_other(preview, by.team_id, wording)
    before = guardrail.enforced
    guardrail.in_force = guardrail.wording
    _switched(by, guardrail)
    data = {"name": guardrail.name, "definition": guardrail.wording, "preview": preview}
    if before is not None:
        data["was"] = before.as_json()
    record(
        by,
        "guardrail.switched_on",
        on=guardrail,
        data=data,
        before=before.sha256 if before else "",
        after=wording.sha256,
    )
    return guardrail


@transaction.atomic
def switch_off(*, by: Viewer, guardrail: Guardrail) -> Guardrail:
    """The guardrail, out of force. Raises: NotAllowed; NotFound; GuardrailOff."""
    require(by, Act.MANAGE_GUARDRAILS)
    guardrail = locked_guardrail(by, guardrail)
    before = guardrail.enforced
    if before is None:
        raise GuardrailOff("the guardrail is off already")
    guardrail.in_force = None
    _switched(by, guardrail)
    data = {"name": guardrail.name, "definition": before.as_json()}
    record(by, "guardrail.switched_off", on=guardrail, data=data, before=before.sha256)
    return guardrail


@transaction.atomic
def remove_guardrail(*, by: Viewer, guardrail: Guardrail, expected_version: int | None = None) -> None:
    """Takes one that is off out of the list; the trail and its exceptions keep it.

    Raises: NotAllowed; NotFound; Stale; GuardrailOn.
    """
    require(by, Act.MANAGE_GUARDRAILS)
    guardrail = locked_guardrail(by, guardrail)
    refuse_stale(expected_version, guardrail.version, "guardrail")
    if guardrail.is_on:
        raise GuardrailOn("the guardrail is in force", advice="switch it off first")
    guardrail.deleted_at = timezone.now()
    guardrail.version += 1
    guardrail.save(update_fields=["deleted_at", "version"])
    record(by, "guardrail.removed", on=guardrail, data={"name": guardrail.name})


def _switched(by: Viewer, guardrail: Guardrail) -> None:
    guardrail.switched_by_id, guardrail.switched_by_name = by.actor_id, by.actor_name
    guardrail.switched_at = timezone.now()
    guardrail.version += 1
    guardrail.save()
